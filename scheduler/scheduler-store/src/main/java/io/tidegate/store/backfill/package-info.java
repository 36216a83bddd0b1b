/** Backfills: kept with their intervals, fed and moved. Reading them for people is the package {@code query}. */
package io.tidegate.store.backfill;
