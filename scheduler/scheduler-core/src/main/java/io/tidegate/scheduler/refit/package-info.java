/**
 * Decides whether a refit opens: pure functions from a model's metric history to a {@link io.tidegate.scheduler.threshold.ThresholdReading}.
 * The reading's records lie in {@code threshold}, because runs keep them. The engine's look-ups may import this package.
 */
package io.tidegate.scheduler.refit;
