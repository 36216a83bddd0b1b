package io.tidegate.steps.sample;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** Compares rows: fractional numbers within a tolerance, everything else exactly. */
final class RowComparison {
    /** More lines than these nobody reads. */
    private static final int MOST_SHOWN = 20;

    private final List<String> columns;
    private final double tolerance;
    private final boolean ordered;

    /**
     * @param columns what the values of a row are called
     * @param tolerance how far a fractional number may be off, relative to the larger of the two sizes
     * @param ordered whether rows must come in the same order
     */
    RowComparison(List<String> columns, double tolerance, boolean ordered) {
        this.columns = List.copyOf(columns);
        this.tolerance = tolerance;
        this.ordered = ordered;
    }

    Difference compare(List<Row> expected, List<Row> actual) {
        List<Row> missing = new ArrayList<>();
        List<Row> surplus = new ArrayList<>();
        if (ordered) {
            inOrder(expected, actual, missing, surplus);
        } else {
            inAnyOrder(expected, actual, missing, surplus);
        }
        return new Difference(shown(missing), shown(surplus));
    }

    private void inOrder(List<Row> expected, List<Row> actual, List<Row> missing, List<Row> surplus) {
        for (int position = 0; position < Math.max(expected.size(), actual.size()); position++) {
            boolean both = position < expected.size() && position < actual.size();
            if (both && isSame(expected.get(position), actual.get(position))) {
                continue;
            }
            if (position < expected.size()) {
                missing.add(expected.get(position));
            }
            if (position < actual.size()) {
                surplus.add(actual.get(position));
            }
        }
    }

    /** Rows can only be the same when their exact values are; within these each takes the first that is near enough. */
    private void inAnyOrder(List<Row> expected, List<Row> actual, List<Row> missing, List<Row> surplus) {
        Map<List<Object>, List<Row>> left = new LinkedHashMap<>();
        actual.forEach(row ->
                left.computeIfAbsent(exact(row), key -> new ArrayList<>()).add(row));
        for (Row row : expected) {
            List<Row> candidates = left.getOrDefault(exact(row), List.of());
            int match = IntStream.range(0, candidates.size())
                    .filter(position -> isSame(row, candidates.get(position)))
                    .findFirst()
                    .orElse(-1);
            if (match < 0) {
                missing.add(row);
            } else {
                candidates.remove(match);
            }
        }
        left.values().forEach(surplus::addAll);
    }

    private static List<Object> exact(Row row) {
        List<Object> values = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            Object value = row.get(column);
            values.add(isFraction(value) ? Double.class : comparable(value));
        }
        return values;
    }

    private boolean isSame(Row expected, Row actual) {
        for (int column = 0; column < expected.size(); column++) {
            Object wanted = expected.get(column);
            Object is = actual.get(column);
            boolean same = (isFraction(wanted) && isFraction(is))
                    ? isNear(((Number) wanted).doubleValue(), ((Number) is).doubleValue())
                    : Objects.equals(comparable(wanted), comparable(is));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private boolean isNear(double wanted, double is) {
        return Double.compare(wanted, is) == 0
                || wanted == is
                || Math.abs(wanted - is) <= tolerance * Math.max(Math.abs(wanted), Math.abs(is));
    }

    private static boolean isFraction(Object value) {
        return value instanceof Double || value instanceof Float;
    }

    /** 1.50 and 1.5 are the same number; lists and structures are compared by how they are written. */
    private static Object comparable(Object value) {
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        return value == null || value instanceof Comparable<?> ? value : String.valueOf(value);
    }

    private List<String> shown(List<Row> rows) {
        List<String> lines =
                rows.stream().limit(MOST_SHOWN).map(this::shown).collect(Collectors.toCollection(ArrayList::new));
        if (rows.size() > MOST_SHOWN) {
            lines.add("and " + (rows.size() - MOST_SHOWN) + " more rows");
        }
        return lines;
    }

    private String shown(Row row) {
        return IntStream.range(0, columns.size())
                .mapToObj(column -> columns.get(column) + "=" + row.get(column))
                .collect(Collectors.joining(", "));
    }
}
