package io.tidegate.store.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings a database to the schema of this build. Several servers may do so at once: Flyway takes a lock in the database. */
public final class Migrations {
    private static final String LOCATION = "classpath:io/tidegate/store/migration";

    private Migrations() {}

    /**
     * @throws NewerSchemaException when a newer Tidegate has been at work; nothing is changed then
     * @throws IllegalStateException when migrations that were applied are not those of this build
     */
    public static void migrate(DataSource database) {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations(LOCATION)
                .loggers("slf4j")
                .validateMigrationNaming(true)
                .load();
        refuseNewer(flyway);
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new IllegalStateException(
                    "the database's migrations are not those of this Tidegate; use another --database-url: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void refuseNewer(Flyway flyway) {
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
        if (found.compareTo(known) > 0) {
            throw new NewerSchemaException(found.getVersion(), known.getVersion());
        }
    }
}
