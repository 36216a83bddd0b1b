/**
 * Ports to the database, the only truth. Implementations throw {@link io.tidegate.scheduler.store.StoreUnavailableException} for what a later
 * try may mend; every method is safe for use by several threads.
 */
package io.tidegate.scheduler.store;
