/**
 * Runs one case of a test file in virtual time: the scheduler's own planner, look-ups, thresholds and gates, with results and history from the
 * file in the place of executors and database. Knows nothing of what is expected.
 */
package io.tidegate.server.dagtest.run;
