package io.tidegate.faults;

import io.tidegate.faults.Books.AttemptRow;
import io.tidegate.faults.Ledger.Event;
import io.tidegate.faults.Ledger.Line;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds what steps wrote down of themselves against each other and against what the database says. */
final class LedgerChecks {
    private static final Set<String> STOPPED_BY_US = Set.of("TIMEOUT", "");

    private final Ledger ledger;
    private final Books books;
    private final Findings findings;

    LedgerChecks(Ledger ledger, Books books, Findings findings) {
        this.ledger = ledger;
        this.books = books;
        this.findings = findings;
    }

    void all() {
        Map<String, List<Line>> byKey = ledger.byKey();
        byKey.forEach(this::oneLife);
        Map<String, AttemptRow> rows = books.byKey();
        byKey.forEach((key, lines) -> sameResult(Optional.ofNullable(rows.get(key)), key, lines));
        rows.values().stream()
                .filter(row -> row.executor().equals("process") && row.state().equals("SUCCEEDED"))
                .filter(row -> byKey.getOrDefault(row.key(), List.of()).stream().noneMatch(Line::succeeded))
                .forEach(row -> findings.violation(
                        "I1",
                        "attempt " + row.key() + " succeeded in the database, and its program never said that it did"));
        ledger.byRun().forEach((run, lines) -> {
            steps(lines).forEach(this::oneAfterTheOther);
            inOrder(run, lines);
        });
    }

    private void oneLife(String key, List<Line> lines) {
        long began = lines.stream().filter(line -> line.event() == Event.BEGAN).count();
        if (began != 1) {
            findings.violation("I1", "the program of attempt " + key + " was started " + began + " times");
        }
    }

    private void sameResult(Optional<AttemptRow> row, String key, List<Line> lines) {
        if (row.isEmpty()) {
            findings.violation("I1", "attempt " + key + " ran, and the database does not know it");
            return;
        }
        boolean succeeded = lines.stream().anyMatch(Line::succeeded);
        AttemptRow attempt = row.get();
        if (succeeded
                && attempt.state().equals("FAILED")
                && !STOPPED_BY_US.contains(attempt.result().failure())) {
            findings.violation(
                    "I1",
                    "the program of attempt " + key + " ended well, and the database says "
                            + attempt.result().failure() + ": "
                            + attempt.result().message());
        }
    }

    private static Map<String, List<Line>> steps(List<Line> lines) {
        return lines.stream().collect(Collectors.groupingBy(Line::step));
    }

    /** Of the attempts of a step none begins before the one before has ended, and none after a success. */
    private void oneAfterTheOther(String step, List<Line> lines) {
        List<Line> inOrder =
                lines.stream().sorted(Comparator.comparingDouble(Line::at)).toList();
        if (inOrder.stream().filter(Line::succeeded).count() > 1) {
            findings.violation(
                    "I1", "step " + step + " of run " + inOrder.get(0).run() + " succeeded more than once");
        }
        for (Line begin : inOrder) {
            if (begin.event() == Event.BEGAN) {
                inOrder.stream()
                        .filter(other ->
                                other.event() != Event.BEGAN && !other.key().equals(begin.key()))
                        .filter(end -> end.at() > begin.at() && beginOf(inOrder, end.key()) < begin.at())
                        .forEach(end -> findings.violation(
                                "I4", "attempt " + begin.key() + " began while " + end.key() + " was still at work"));
            }
        }
    }

    private static double beginOf(List<Line> lines, String key) {
        return lines.stream()
                .filter(line -> line.event() == Event.BEGAN && line.key().equals(key))
                .mapToDouble(Line::at)
                .min()
                .orElse(Double.MAX_VALUE);
    }

    private void inOrder(String run, List<Line> lines) {
        for (Line begin : lines) {
            List<String> before =
                    WorkLoad.DAGS.getOrDefault(begin.dag(), Map.of()).getOrDefault(begin.declaredStep(), List.of());
            if (begin.event() == Event.BEGAN) {
                for (String upstream : before) {
                    long done = lines.stream()
                            .filter(line ->
                                    line.succeeded() && line.declaredStep().equals(upstream))
                            .filter(line -> line.at() <= begin.at())
                            .map(Line::step)
                            .distinct()
                            .count();
                    int wanted = begin.dag().equals("fan") && upstream.equals("work") ? WorkLoad.ITEMS : 1;
                    if (done < wanted) {
                        findings.violation(
                                "I6",
                                "step " + begin.step() + " of run " + run + " of " + begin.dag() + " began when " + done
                                        + " of " + wanted + " of step " + upstream + " had succeeded");
                    }
                }
            }
        }
    }
}
