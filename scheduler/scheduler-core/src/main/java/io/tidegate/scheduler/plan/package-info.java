/**
 * The planner: a pure function from a run and what happened to what is written and done. Knows no database, no executor and no clock. The
 * engine imports it.
 */
package io.tidegate.scheduler.plan;
