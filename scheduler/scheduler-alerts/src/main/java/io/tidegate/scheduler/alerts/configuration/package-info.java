/** Channels as an operator declares them, read with everything that is wrong at once. May import {@code channel}. */
package io.tidegate.scheduler.alerts.configuration;
