/** Pools and who has places of them, in PostgreSQL. */
package io.tidegate.store.pool;
