/** Tests of backfills on a real database. */
package io.tidegate.store.backfill;
