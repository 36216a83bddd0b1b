package io.tidegate.store.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Brings a database to the schema of this build. Several servers may do so at once: Flyway takes a lock in the database. A database that a newer
 * server has brought further is used as it is when it says that servers as old as this one may, so that old and new work side by side
 * while servers are replaced one by one.
 */
public final class Migrations {
    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());
    private static final String LOCATION = "classpath:io/tidegate/store/migration";

    private Migrations() {}

    /**
     * @throws NewerSchemaException when a newer Tidegate has been at work with which this one cannot go together; nothing is changed then
     * @throws IllegalStateException when migrations that were applied are not those of this build
     */
    public static void migrate(DataSource database) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations(LOCATION)
                .loggers("slf4j")
                .validateMigrationNaming(true)
                .load();
        if (isNewer(flyway, database)) {
            return;
        }
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new IllegalStateException(
                    "the database's migrations are not those of this Tidegate; use another --database-url: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Whether the schema is newer than this build's and can be worked with. */
    private static boolean isNewer(Flyway flyway, DataSource database) {
        MigrationVersion known = MigrationVersion.EMPTY;
        MigrationVersion found = MigrationVersion.EMPTY;
        for (MigrationInfo migration : flyway.info().all()) {
            MigrationVersion version = migration.getVersion();
            if (version == null) {
                continue;
            }
            if (migration.getState().isResolved() && version.compareTo(known) > 0) {
                known = version;
            }
            if (migration.getState().isApplied() && version.compareTo(found) > 0) {
                found = version;
            }
        }
        if (found.compareTo(known) <= 0) {
            return false;
        }
        if (known.compareTo(MigrationVersion.fromVersion(oldestAllowed(database))) < 0) {
            throw new NewerSchemaException(found.getVersion(), known.getVersion());
        }
        LOG.log(
                System.Logger.Level.INFO,
                "a newer server has been here (schema {0}, this one knows {1}); both can work",
                found,
                known);
        return true;
    }

    /** The oldest schema that a server must know to work here. */
    private static String oldestAllowed(DataSource database) {
        return new Database(database)
                .with(handle -> handle.createQuery("SELECT CAST(oldest_schema AS text) FROM installation")
                        .mapTo(String.class)
                        .one());
    }
}
