/**
 * Decides what is worth telling: pure functions from a run before and after an event to alerts that open and close. The engine may import
 * this package; the alert's records lie in {@code alert}, because changes carry them.
 */
package io.tidegate.scheduler.alerting;
