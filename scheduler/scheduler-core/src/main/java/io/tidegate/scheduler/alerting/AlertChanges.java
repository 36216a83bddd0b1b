package io.tidegate.scheduler.alerting;

import io.tidegate.dag.AlertRule.Event;
import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the alert changes of one move of one run, and knows who is to be told. */
final class AlertChanges {
    private final DagGraph graph;
    private final Run run;
    private final Instant now;
    private final List<Change> list = new ArrayList<>();

    AlertChanges(DagGraph graph, Run run, Instant now) {
        this.graph = graph;
        this.run = run;
        this.now = now;
    }

    List<Change> list() {
        return List.copyOf(list);
    }

    DagId dag() {
        return run.version().dag();
    }

    /** The run for people: the interval when it has one. */
    String when() {
        return run.interval().map(DataInterval::partition).map("for "::concat).orElse("in run " + run.id());
    }

    /** Opens an alert whether a rule asks for it or not. */
    void raise(Event event, Optional<StepId> step, String message) {
        add(event, step, message, channels(event));
    }

    /** Opens an alert, if a rule asks for it, even when one for the same problem is open: what is told now is news. */
    void renew(Event event, StepId step, String message) {
        if (isDeclared(event)) {
            resolve(event, step, "followed by: " + message);
            add(event, Optional.of(step), message, channels(event));
        }
    }

    void resolve(Event event, StepId step, String message) {
        if (isAlwaysTold(event) || isDeclared(event)) {
            list.add(new Change.AlertResolved(
                    dag(), problem(event, Optional.of(step)), message, List.of(Alert.LOG), now));
        }
    }

    void raiseRunFailed(List<StepId> failed, String because) {
        Set<String> channels = new LinkedHashSet<>(channels(Event.RUN_FAILED));
        if (!failed.isEmpty()) {
            channels.removeAll(channels(Event.STEP_FAILED));
        }
        String steps = failed.stream().map(StepId::value).collect(Collectors.joining(", "));
        String reason = because.isEmpty() && !failed.isEmpty() ? ": " + steps + " failed" : because;
        add(Event.RUN_FAILED, Optional.empty(), dag() + ": run failed " + when() + reason, channels);
    }

    void resolveRunDeadline() {
        list.add(new Change.AlertResolved(
                dag(),
                problem(Event.DEADLINE_MISSED, Optional.empty()),
                dag() + ": the run " + when() + " has ended",
                List.of(Alert.LOG),
                now));
    }

    void resolveRun() {
        list.add(new Change.AlertResolved(
                dag(),
                problem(Event.RUN_FAILED, Optional.empty()),
                dag() + ": recovered, the run " + when() + " succeeded",
                withLog(channels(Event.RECOVERED)),
                now));
    }

    private void add(Event event, Optional<StepId> step, String message, Set<String> channels) {
        list.add(new Change.AlertRaised(
                new Alert(problem(event, step), event, dag(), run.id(), step, message, withLog(channels)), now));
    }

    private static List<String> withLog(Set<String> channels) {
        Set<String> told = new LinkedHashSet<>(channels);
        told.add(Alert.LOG);
        return List.copyOf(told);
    }

    private static boolean isAlwaysTold(Event event) {
        return event == Event.STEP_FAILED || event == Event.RUN_FAILED || event == Event.DEADLINE_MISSED;
    }

    private boolean isDeclared(Event event) {
        return graph.definition().alerts().stream().anyMatch(rule -> rule.on().contains(event));
    }

    /** Who is told, each once, in the order declared. */
    private Set<String> channels(Event event) {
        return graph.definition().alerts().stream()
                .filter(rule -> rule.on().contains(event))
                .flatMap(rule -> rule.to().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String problem(Event event, Optional<StepId> step) {
        return event.word() + ":" + dag() + step.map(id -> "/" + id).orElse("");
    }
}
