/** What makes runs: people, schedules, backfills. Everything ends in one unique row for each trigger key. The server imports it. */
package io.tidegate.scheduler.trigger;
