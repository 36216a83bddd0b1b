/** Tests of pools, migrations and failures. */
package io.tidegate.store.database;
