package io.tidegate.store.database;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Rows as {@code unnest} takes them: each column of all rows is one array, which travels in PostgreSQL's own form. On the path that every step takes
 * this costs less than JSON, which has to be written and read. Thread-safe.
 *
 * @param <R> a row
 */
public final class Columns<R> {
    private record Column<R>(String parameter, Function<Collection<? extends R>, Object> array) {}

    private final String prefix;
    private final List<Column<R>> columns;

    private Columns(String prefix, List<Column<R>> columns) {
        this.prefix = prefix;
        this.columns = columns;
    }

    /** Columns whose parameters are called by these rows' name and their own, as in {@code steps_state}. */
    public static <R> Columns<R> of(String rows) {
        return new Columns<>(rows + "_", List.of());
    }

    /** A column of texts; characters the database cannot keep are replaced. */
    public Columns<R> text(String name, Function<R, String> value) {
        return with(
                name,
                rows -> rows.stream().map(row -> Json.clean(value.apply(row))).toArray(String[]::new));
    }

    /** A column of anything whose text PostgreSQL reads, null where there is nothing. */
    public Columns<R> optional(String name, Function<R, Optional<?>> value) {
        return with(
                name,
                rows -> rows.stream()
                        .map(row -> value.apply(row)
                                .map(Object::toString)
                                .map(Json::clean)
                                .orElse(null))
                        .toArray(String[]::new));
    }

    /** A column of jsonb documents. */
    public Columns<R> document(String name, Function<R, ?> value) {
        return with(
                name,
                rows -> rows.stream().map(row -> Json.write(value.apply(row))).toArray(String[]::new));
    }

    /** A column of jsonb documents, null where there is none. */
    public Columns<R> optionalDocument(String name, Function<R, Optional<?>> value) {
        return with(
                name,
                rows -> rows.stream()
                        .map(row -> value.apply(row).map(Json::write).orElse(null))
                        .toArray(String[]::new));
    }

    /** A column of whole numbers, null where there is none. */
    public Columns<R> number(String name, Function<R, OptionalInt> value) {
        return with(
                name,
                rows -> rows.stream()
                        .map(row -> value.apply(row))
                        .map(number -> number.isPresent() ? (Integer) number.getAsInt() : null)
                        .toArray(Integer[]::new));
    }

    private Columns<R> with(String name, Function<Collection<? extends R>, Object> array) {
        List<Column<R>> more = new ArrayList<>(columns);
        more.add(new Column<>(prefix + name, array));
        return new Columns<>(prefix, List.copyOf(more));
    }

    /** Puts the arrays of some rows among the parameters of a {@link Prepared} statement. */
    public void put(Collection<? extends R> rows, Map<String, Object> parameters) {
        columns.forEach(
                column -> parameters.put(column.parameter(), column.array().apply(rows)));
    }
}
