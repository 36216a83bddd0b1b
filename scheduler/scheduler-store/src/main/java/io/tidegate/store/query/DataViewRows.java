package io.tidegate.store.query;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.store.database.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Views of partitions and alerts from rows. */
final class DataViewRows {
    private static final TypeReference<List<String>> LINES = new TypeReference<>() {};

    private DataViewRows() {}

    static DataViews.Partition partition(Row row) throws SQLException {
        return new DataViews.Partition(
                row.text("dag"),
                row.text("dataset"),
                row.optionalText("data_class").orElse("").toLowerCase(Locale.ROOT),
                row.text("partition"),
                row.text("uri"),
                row.optionalText("fingerprint"),
                row.optionalNumber("row_count"),
                row.optionalNumber("byte_count"),
                row.optionalUuid("run").map(UUID::toString),
                row.optionalText("step"),
                row.optionalInstant("written_at"));
    }

    /** The log and what waits for the step are not in the database: the excerpt and the affected come empty. */
    static DataViews.AlertView alert(Row row) throws SQLException {
        long id = row.number("id");
        return new DataViews.AlertView(
                id,
                row.text("state").toLowerCase(Locale.ROOT),
                row.text("event").toLowerCase(Locale.ROOT),
                row.text("dag"),
                row.uuid("run").toString(),
                row.optionalText("step"),
                row.optionalText("partition"),
                row.text("message"),
                java.util.Optional.empty(),
                List.of(),
                row.instant("opened_at"),
                row.optionalInstant("resolved_at"),
                row.document("deliveries", LINES, "alert " + id).orElse(List.of()));
    }
}
