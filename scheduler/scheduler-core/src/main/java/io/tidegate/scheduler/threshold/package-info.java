/** Threshold rules over metric histories: pure functions from readings to "open" or "stay shut", each with its explanation. */
package io.tidegate.scheduler.threshold;
