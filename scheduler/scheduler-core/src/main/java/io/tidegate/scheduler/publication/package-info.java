/**
 * Judges a challenger: pure functions from gate rules and measured values to a {@link io.tidegate.scheduler.gate.GateVerdict}. The verdict's
 * records lie in {@code gate}, because runs keep them. The engine's look-ups may import this package.
 */
package io.tidegate.scheduler.publication;
