/** Backfills as they are kept: immutable records and their state machine. Knows no store; triggers, stores and views import it. */
package io.tidegate.scheduler.backfill;
