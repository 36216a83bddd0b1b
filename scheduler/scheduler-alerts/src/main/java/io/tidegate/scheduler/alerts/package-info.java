/**
 * Tells people about alerts: puts together {@code message}, {@code channel}, {@code configuration} and {@code delivery}. Only the server's wiring
 * may import it.
 */
package io.tidegate.scheduler.alerts;
