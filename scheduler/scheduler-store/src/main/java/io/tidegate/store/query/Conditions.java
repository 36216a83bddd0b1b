package io.tidegate.store.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * The conditions of a filter: only those asked for reach the statement, so that each shape of it gets the index made for it. The texts
 * are constants of the code; values are always bound.
 */
final class Conditions {
    /** Where a statement's file wants them. */
    private static final String PLACE = "/* conditions */";

    private final List<String> texts = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Adds a condition that binds {@code :name}, if there is a value for it. */
    Conditions when(Optional<?> value, String name, String condition) {
        value.ifPresent(present -> {
            texts.add(condition);
            values.put(name, present);
        });
        return this;
    }

    /** Adds a condition that binds nothing. */
    Conditions when(boolean wanted, String condition) {
        if (wanted) {
            texts.add(condition);
        }
        return this;
    }

    String in(String sql) {
        return sql.replace(PLACE, texts.isEmpty() ? "" : "WHERE " + String.join(" AND ", texts));
    }

    Query bind(Query query) {
        values.forEach(query::bind);
        return query;
    }
}
