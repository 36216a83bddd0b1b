/** Gates: pure functions from rules and measured values to a verdict with its reasons. */
package io.tidegate.scheduler.gate;
