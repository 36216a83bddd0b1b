package io.tidegate.store.lineage;

import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import io.tidegate.store.lineage.NodeKeys.ContentKey;
import io.tidegate.store.lineage.NodeKeys.StepKey;
import io.tidegate.store.lineage.NodeKeys.VersionKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One hop of the walk: a statement for each kind of edge, for all nodes of a level at once. */
final class LineageReads {
    /** Edges read in one hop; a level with more is cut, and said to be. */
    static final int MOST = 20_000;

    private static final String READS = Sql.of(LineageReads.class, "reads");
    private static final String WRITES = Sql.of(LineageReads.class, "writes");
    private static final String READERS = Sql.of(LineageReads.class, "readers");
    private static final String MODELS_USED = Sql.of(LineageReads.class, "models_used");
    private static final String MODELS_MADE = Sql.of(LineageReads.class, "models_made");
    private static final String MODEL_USERS = Sql.of(LineageReads.class, "model_users");

    /** An attempt with a content it read or wrote, and who wrote that. */
    record ContentEdge(StepKey step, Content content, Optional<StepKey> writer) {}

    /** An attempt that saw a content. */
    record Reader(ContentKey content, StepKey step) {}

    /** An attempt with a model version it used or made, and who made that. */
    record ModelEdge(StepKey step, VersionKey version, StepKey maker) {}

    private final Handle handle;

    LineageReads(Handle handle) {
        this.handle = handle;
    }

    List<ContentEdge> reads(Collection<StepKey> steps) {
        return list(READS, steps, row -> new ContentEdge(StepKey.of(row), Content.of(row), StepKey.writer(row)));
    }

    List<ContentEdge> writes(Collection<StepKey> steps) {
        return list(
                WRITES, steps, row -> new ContentEdge(StepKey.of(row), Content.of(row), Optional.of(StepKey.of(row))));
    }

    List<Reader> readers(Collection<ContentKey> contents) {
        return list(
                READERS,
                contents,
                row -> new Reader(
                        new ContentKey(
                                row.text("dag"),
                                row.text("dataset"),
                                row.text("partition"),
                                row.optionalNumber("writer_id")),
                        StepKey.of(row)));
    }

    List<ModelEdge> modelsUsed(Collection<StepKey> steps) {
        return list(MODELS_USED, steps, LineageReads::modelEdge);
    }

    List<ModelEdge> modelsMade(Collection<StepKey> steps) {
        return list(MODELS_MADE, steps, LineageReads::modelEdge);
    }

    List<ModelEdge> modelUsers(Collection<VersionKey> versions) {
        return list(MODEL_USERS, versions, LineageReads::modelEdge);
    }

    private static ModelEdge modelEdge(Row row) throws java.sql.SQLException {
        return new ModelEdge(
                StepKey.of(row), VersionKey.of(row), StepKey.writer(row).orElseThrow());
    }

    private <T> List<T> list(String sql, Collection<?> rows, Row.Reader<T> reader) {
        if (rows.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(sql)
                .bind("rows", Json.write(rows))
                .bind("limit", MOST)
                .map(Row.reading(reader))
                .list();
    }
}
