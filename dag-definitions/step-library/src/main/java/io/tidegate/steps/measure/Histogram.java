package io.tidegate.steps.measure;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often a feature had which values. Kept as JSON in a model's bundle, so the names of its parts are part of the bundle's form. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Histogram.Numbers.class, name = "numbers"),
    @JsonSubTypes.Type(value = Histogram.Categories.class, name = "categories")
})
public sealed interface Histogram {
    /** Groups that a histogram of numbers is cut into, each with about the same number of rows. */
    int GROUPS = 10;

    /** Share of rows below which a category is counted with the others of its kind. */
    double LEAST_SHARE = 0.005;

    /** How often the same groups occur in other data. */
    Histogram recount(List<Object> values);

    /** The counts by group, missing values last. */
    List<Long> groupCounts();

    /**
     * @param edges upper ends of all groups but the last, ascending; a value belongs to the first group whose edge it does not exceed
     * @param counts rows in each group, one more than edges
     * @param missing rows without a value
     */
    record Numbers(List<Double> edges, List<Long> counts, long missing) implements Histogram {
        public Numbers {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }

        @Override
        public Numbers recount(List<Object> values) {
            long[] recounted = new long[edges.size() + 1];
            long none = 0;
            for (Object value : values) {
                if (value == null) {
                    none++;
                } else {
                    recounted[group(((Number) value).doubleValue())]++;
                }
            }
            return new Numbers(edges, Arrays.stream(recounted).boxed().toList(), none);
        }

        private int group(double value) {
            int found = Collections.binarySearch(edges, value);
            return found >= 0 ? found : -found - 1;
        }

        @Override
        public List<Long> groupCounts() {
            List<Long> all = new ArrayList<>(counts);
            all.add(missing);
            return all;
        }
    }

    /**
     * @param counts rows by value, for values that are not rare
     * @param others rows with a rare or new value
     * @param missing rows without a value
     */
    record Categories(SortedMap<String, Long> counts, long others, long missing) implements Histogram {
        public Categories {
            counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        }

        @Override
        public Categories recount(List<Object> values) {
            SortedMap<String, Long> recounted = new TreeMap<>();
            counts.keySet().forEach(value -> recounted.put(value, 0L));
            long rest = 0;
            long none = 0;
            for (Object value : values) {
                if (value == null) {
                    none++;
                } else if (recounted.computeIfPresent(value.toString(), (key, count) -> count + 1) == null) {
                    rest++;
                }
            }
            return new Categories(recounted, rest, none);
        }

        @Override
        public List<Long> groupCounts() {
            List<Long> all = new ArrayList<>(counts.values());
            all.add(others);
            all.add(missing);
            return all;
        }
    }

    /** The histogram of some values: of numbers by deciles, of anything else by value. */
    static Histogram of(List<Object> values) {
        boolean numbers = values.stream().filter(Objects::nonNull).allMatch(Number.class::isInstance);
        return numbers ? ofNumbers(values) : ofCategories(values);
    }

    private static Histogram ofNumbers(List<Object> values) {
        double[] sorted = values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sorted()
                .toArray();
        List<Double> edges = new ArrayList<>();
        for (int group = 1; group < GROUPS && sorted.length > 0; group++) {
            double edge = sorted[(int) ((long) sorted.length * group / GROUPS)];
            boolean above = edge < sorted[sorted.length - 1] && (edges.isEmpty() || edge > edges.get(edges.size() - 1));
            if (above) {
                edges.add(edge);
            }
        }
        return new Numbers(edges, List.of(), 0).recount(values);
    }

    private static Histogram ofCategories(List<Object> values) {
        SortedMap<String, Long> counts = new TreeMap<>();
        values.stream().filter(Objects::nonNull).forEach(value -> counts.merge(value.toString(), 1L, Long::sum));
        counts.values().removeIf(count -> count < LEAST_SHARE * values.size());
        return new Categories(counts, 0, 0).recount(values);
    }

    /** Histograms as JSON may hold them, by feature. */
    static Map<String, Histogram> copy(Map<String, Histogram> histograms) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(histograms));
    }
}
