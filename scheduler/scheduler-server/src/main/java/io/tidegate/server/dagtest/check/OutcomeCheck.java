package io.tidegate.server.dagtest.check;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.testfile.Expected;
import io.tidegate.dag.parser.testfile.Expected.DecisionExpected;
import io.tidegate.dag.parser.testfile.Expected.LaunchExpected;
import io.tidegate.dag.parser.testfile.Expected.RuleExpected;
import io.tidegate.dag.parser.testfile.Expected.StepExpected;
import io.tidegate.dag.parser.text.Waits;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.threshold.ThresholdReading;
import io.tidegate.server.dagtest.run.Outcome;
import io.tidegate.server.dagtest.run.Outcome.Try;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Holds an outcome against what a case expects. For one use; not thread-safe. */
public final class OutcomeCheck {
    private final Outcome outcome;
    private final Comparison comparison = new Comparison();

    private OutcomeCheck(Outcome outcome) {
        this.outcome = outcome;
    }

    /** Everything that is not as expected, in the order of the test file. */
    public static List<Mismatch> check(Expected expected, Outcome outcome) {
        OutcomeCheck check = new OutcomeCheck(outcome);
        check.run(expected);
        new TreeMap<>(expected.steps()).forEach(check::step);
        return check.comparison.mismatches();
    }

    private void run(Expected expected) {
        comparison.equal("run", expected.run(), word(outcome.end().run().state()));
        comparison.contains(
                "because", expected.because(), outcome.end().run().progress().reason());
        comparison.unordered(
                "starts",
                expected.starts().map(OutcomeCheck::plain),
                outcome.tries().keySet().stream().map(StepId::value).toList());
        comparison.unordered(
                "alerts",
                expected.alerts()
                        .map(events -> new Located<>(
                                events.value().stream()
                                        .map(AlertRule.Event::word)
                                        .toList(),
                                events.position())),
                outcome.alerts().stream().map(AlertRule.Event::word).toList());
    }

    private static Located<List<String>> plain(Located<List<Located<String>>> items) {
        return new Located<>(items.value().stream().map(Located::value).toList(), items.position());
    }

    /** Only items can be missing: names of steps were checked when the file was read. */
    private void step(String name, Located<StepExpected> wanted) {
        StepId id = new StepId(name);
        if (outcome.end().steps().containsKey(id)) {
            step(id, wanted.value());
        } else {
            comparison.differ(wanted.position(), name, "an item of step " + id.declared(), "no such item");
        }
    }

    private void step(StepId id, StepExpected wanted) {
        if (!outcome.end().steps().containsKey(id)) {
            wanted.state()
                    .ifPresent(
                            state -> comparison.differ(state.position(), id + ".state", state.value(), "no such item"));
            return;
        }
        StepRun step = outcome.end().step(id);
        comparison.equal(id + ".state", wanted.state(), state(step));
        comparison.contains(id + ".because", wanted.because(), reason(step));
        comparison.equal(id + ".attempts", wanted.attempts(), (long) step.attempts());
        comparison.list(
                id + ".failures",
                wanted.failures()
                        .map(kinds -> new Located<>(
                                kinds.value().stream().map(OutcomeCheck::word).toList(), kinds.position())),
                outcome.tries(id).stream()
                        .flatMap(one -> one.attempt().outcome().failure().stream())
                        .map(OutcomeCheck::word)
                        .toList());
        wanted.waits().ifPresent(waits -> waits(id, waits));
        launch(id, wanted.launch());
        decision(id, wanted.decision(), step.findings());
    }

    /** A step that is ready and held waits, to those who look. */
    private static String state(StepRun step) {
        return word(step.state() == StepState.RESOLVING ? StepState.WAITING : step.state());
    }

    private void waits(StepId id, Located<List<Waits>> wanted) {
        List<Duration> actual = new ArrayList<>();
        List<Try> tries = outcome.tries(id);
        for (int next = 1; next < tries.size(); next++) {
            Instant before =
                    tries.get(next - 1).attempt().outcome().finishedAt().orElseThrow();
            actual.add(
                    Duration.between(before, tries.get(next).attempt().outcome().createdAt()));
        }
        boolean asWanted = wanted.value().size() == actual.size()
                && IntStream.range(0, actual.size())
                        .allMatch(each -> wanted.value().get(each).covers(actual.get(each)));
        if (!asWanted) {
            comparison.list(
                    id + ".waits",
                    Optional.of(new Located<>(
                            wanted.value().stream().map(Waits::toString).toList(), wanted.position())),
                    actual.stream().map(wait -> wait.toMillis() / 1000.0 + "s").toList());
        }
    }

    /** A step that worked has no reason of its own: what let it work, or what it decided, is one. */
    private static String reason(StepRun step) {
        if (!step.reason().isEmpty()) {
            return step.reason();
        }
        return step.findings()
                .reading()
                .map(ThresholdReading::explanation)
                .or(() -> step.findings().verdict().map(GateVerdict::explanation))
                .orElse("");
    }

    private void launch(StepId id, LaunchExpected wanted) {
        List<Try> tries = outcome.tries(id);
        Optional<Try> last = tries.isEmpty() ? Optional.empty() : Optional.of(tries.get(tries.size() - 1));
        Optional<Workload> workload = last.flatMap(Try::request).map(LaunchRequest::workload);
        comparison.list(
                id + ".command",
                wanted.command(),
                workload.map(OutcomeCheck::command).orElse(List.of()));
        comparison.equal(
                id + ".awaits",
                wanted.awaits(),
                workload.map(OutcomeCheck::awaited).orElse("nothing"));
        comparison.entries(
                id + ".params",
                wanted.parameters(),
                workload.map(OutcomeCheck::parameters).orElse(Map.of()));
        comparison.entries(
                id + ".environment",
                wanted.environment(),
                last.flatMap(Try::request).map(LaunchRequest::environment).orElse(Map.of()));
        Optional<ResolvedWork> work = last.map(Try::work);
        Map<String, List<String>> reads = new HashMap<>();
        work.ifPresent(found -> found.inputs()
                .forEach(input -> reads.put(
                        name(input.dataset()),
                        input.partitions().stream()
                                .map(ResolvedWork.Partition::name)
                                .toList())));
        new TreeMap<>(wanted.reads())
                .forEach((name, partitions) -> comparison.list(
                        id + ".reads." + name, Optional.of(partitions), reads.getOrDefault(name, List.of())));
        Map<String, String> writes = new HashMap<>();
        work.ifPresent(found -> found.outputs().forEach(output -> writes.put(name(output.dataset()), output.uri())));
        comparison.entries(id + ".writes", wanted.writes(), writes);
    }

    private static String name(Dataset dataset) {
        return dataset.name().value();
    }

    private static List<String> command(Workload workload) {
        if (workload instanceof Workload.CommandLine line) {
            return line.arguments();
        }
        return workload instanceof Workload.SparkApplication application ? application.arguments() : List.of();
    }

    private static Map<String, String> parameters(Workload workload) {
        return workload instanceof Workload.SubRun run ? run.parameters() : Map.of();
    }

    private static String awaited(Workload workload) {
        if (workload instanceof Workload.Awaited awaited) {
            return awaited.subject();
        }
        return workload instanceof Workload.AwaitedData data ? data.uri() : "nothing";
    }

    // What was decided.

    /** One rule of a refit or a gate. */
    private record Rule(
            boolean holds, String explanation, Optional<Double> value, Optional<Double> left, Optional<Double> right) {}

    private void decision(StepId id, DecisionExpected wanted, StepRun.Findings findings) {
        comparison.equal(
                id + ".opens",
                wanted.opens(),
                findings.reading().<Object>map(ThresholdReading::open).orElse("not decided"));
        comparison.equal(
                id + ".accepts",
                wanted.accepts(),
                findings.verdict().<Object>map(GateVerdict::accepted).orElse("not decided"));
        wanted.rules().ifPresent(rules -> rules(id + ".rules", rules, decided(findings)));
    }

    private static List<Rule> decided(StepRun.Findings findings) {
        return findings.reading()
                .map(reading -> reading.rules().stream()
                        .map(rule -> new Rule(
                                rule.holds(), rule.explanation(), rule.value(), Optional.empty(), Optional.empty()))
                        .toList())
                .or(() -> findings.verdict()
                        .map(verdict -> verdict.rules().stream()
                                .map(rule -> new Rule(
                                        rule.holds(), rule.explanation(), Optional.empty(), rule.left(), rule.right()))
                                .toList()))
                .orElse(List.of());
    }

    private void rules(String subject, Located<List<Located<RuleExpected>>> wanted, List<Rule> actual) {
        if (wanted.value().size() != actual.size()) {
            comparison.differ(wanted.position(), subject, count(wanted.value().size()), count(actual.size()));
            return;
        }
        for (int position = 0; position < actual.size(); position++) {
            RuleExpected rule = wanted.value().get(position).value();
            Rule is = actual.get(position);
            String which = subject + "[" + position + "].";
            comparison.equal(which + "holds", rule.holds(), is.holds());
            comparison.contains(which + "because", rule.because(), is.explanation());
            comparison.close(which + "value", rule.value(), is.value());
            comparison.close(which + "left", rule.left(), is.left());
            comparison.close(which + "right", rule.right(), is.right());
        }
    }

    private static String count(int rules) {
        return rules == 1 ? "1 rule" : rules + " rules";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
