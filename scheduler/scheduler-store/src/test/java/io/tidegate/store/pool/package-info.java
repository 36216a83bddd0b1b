/** Tests of pools on a real database. */
package io.tidegate.store.pool;
