/**
 * The clock behind {@code io.tidegate.scheduler.schedule}: cron-utils computes when, Quartz wakes up. The only place that knows Quartz; only the
 * server's wiring and its command line import it.
 */
package io.tidegate.scheduler.clock;
