package io.tidegate.server.dagtest.check;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.shape.Located;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares single values and collects what differs. Not thread-safe. */
final class Comparison {
    private static final double TOLERANCE = 1e-6;
    private static final MathContext SHOWN = new MathContext(7);
    private static final String NOTHING = "nothing";

    private final List<Mismatch> found = new ArrayList<>();

    /** Everything that differed, in the order of the test file. */
    List<Mismatch> mismatches() {
        return found.stream().sorted(Comparator.comparing(Mismatch::position)).toList();
    }

    void equal(String subject, Optional<? extends Located<?>> wanted, Object actual) {
        wanted.filter(value -> !text(value.value()).equals(text(actual)))
                .ifPresent(value -> differ(value.position(), subject, text(value.value()), text(actual)));
    }

    void contains(String subject, Optional<Located<String>> wanted, String actual) {
        wanted.filter(value -> !actual.contains(value.value()))
                .ifPresent(value -> differ(
                        value.position(), subject, "… " + value.value() + " …", actual.isEmpty() ? NOTHING : actual));
    }

    /** To six digits, so that nobody has to write down what a sum of binary fractions really is. */
    void close(String subject, Optional<Located<Double>> wanted, Optional<Double> actual) {
        wanted.filter(value -> actual.isEmpty() || !isClose(value.value(), actual.get()))
                .ifPresent(value -> differ(
                        value.position(),
                        subject,
                        text(value.value()),
                        actual.map(Comparison::text).orElse(NOTHING)));
    }

    void list(String subject, Optional<Located<List<String>>> wanted, List<String> actual) {
        wanted.filter(value -> !value.value().equals(actual))
                .ifPresent(value -> found.add(new Mismatch(value.position(), subject, value.value(), actual)));
    }

    void unordered(String subject, Optional<Located<List<String>>> wanted, List<String> actual) {
        list(
                subject,
                wanted.map(
                        value -> new Located<>(value.value().stream().sorted().toList(), value.position())),
                actual.stream().sorted().toList());
    }

    /** Each wanted value by its name; more may be there. */
    void entries(String subject, Map<String, Located<String>> wanted, Map<String, String> actual) {
        new TreeMap<>(wanted)
                .forEach((name, value) ->
                        equal(subject + "." + name, Optional.of(value), actual.getOrDefault(name, NOTHING)));
    }

    void differ(Position position, String subject, String expected, String actual) {
        found.add(new Mismatch(position, subject, List.of(expected), List.of(actual)));
    }

    private static boolean isClose(double wanted, double actual) {
        return wanted == actual
                || Math.abs(wanted - actual) <= TOLERANCE * Math.max(Math.abs(wanted), Math.abs(actual));
    }

    private static String text(Object value) {
        if (!(value instanceof Double number)) {
            return String.valueOf(value);
        }
        return Double.isFinite(number)
                ? new BigDecimal(number).round(SHOWN).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
