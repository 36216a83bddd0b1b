/**
 * The ports of scheduler-core on PostgreSQL. {@link io.tidegate.store.PostgresStores} is the one way in; the packages below hold one port
 * or one concern each. The server imports this package, nobody imports those below.
 */
package io.tidegate.store;
