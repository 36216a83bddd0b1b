package io.tidegate.store.lineage;

import io.tidegate.store.database.Row;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** What identifies the nodes of the lineage graph, and the ids people see. */
final class NodeKeys {
    private NodeKeys() {}

    /** One attempt. */
    record StepKey(UUID run, String step, int attempt) {
        String id() {
            return "step:" + run + "/" + step + "/" + attempt;
        }

        static StepKey of(Row row) throws SQLException {
            return new StepKey(row.uuid("run"), row.text("step"), row.integer("attempt"));
        }

        static Optional<StepKey> writer(Row row) throws SQLException {
            Optional<UUID> run = row.optionalUuid("writer_run");
            return run.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StepKey(run.get(), row.text("writer_step"), row.integer("writer_attempt")));
        }
    }

    /** A model version. */
    record VersionKey(String model, int version) {
        String id() {
            return "model:" + model + "@" + version;
        }

        static VersionKey of(Row row) throws SQLException {
            return new VersionKey(row.text("model"), row.integer("version"));
        }
    }

    /**
     * One content of one partition.
     *
     * @param writerId the use that wrote it, absent when nobody here did
     */
    record ContentKey(String dag, String dataset, String partition, Optional<Long> writerId) {
        String id() {
            return "dataset:" + dag + "/" + label();
        }

        String label() {
            return partition.isEmpty() ? dataset : dataset + "@" + partition;
        }
    }
}
