/**
 * Brings outbox messages to where they belong: at least once, in order for each destination, with retries. Knows nothing of what a message
 * says; whoever sends something from the outbox may import it.
 */
package io.tidegate.scheduler.alerts.delivery;
