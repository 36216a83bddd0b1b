package io.tidegate.store.lineage;

import io.tidegate.store.database.Row;
import io.tidegate.store.lineage.NodeKeys.ContentKey;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A content of a partition with what is known of it. */
record Content(ContentKey key, String dataClass, Map<String, String> facts) {
    static Content of(Row row) throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("uri", row.text("uri"));
        row.optionalText("fingerprint").ifPresent(fingerprint -> facts.put("fingerprint", fingerprint));
        row.optionalNumber("row_count").ifPresent(rows -> facts.put("rows", Long.toString(rows)));
        row.optionalNumber("byte_count").ifPresent(bytes -> facts.put("bytes", Long.toString(bytes)));
        ContentKey key = new ContentKey(
                row.text("dag"), row.text("dataset"), row.text("partition"), row.optionalNumber("writer_id"));
        return new Content(key, row.text("data_class").toLowerCase(Locale.ROOT), facts);
    }
}
