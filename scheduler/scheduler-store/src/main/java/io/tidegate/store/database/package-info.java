/**
 * What every port needs of PostgreSQL: pools, migrations, statements from {@code .sql} files, rows as JSON, and the line between a
 * database that cannot serve now and a defect. Knows nothing of runs; every package of this module may import it.
 */
package io.tidegate.store.database;
