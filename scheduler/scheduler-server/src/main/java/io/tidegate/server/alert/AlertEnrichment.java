package io.tidegate.server.alert;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.view.DataViews.AlertView;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.server.definitions.StoredDags;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an alert tell enough to act on. What cannot be found is left out: an alert is told in any case. Thread-safe. */
public final class AlertEnrichment implements UnaryOperator<AlertView> {
    private static final Logger LOG = LoggerFactory.getLogger(AlertEnrichment.class);

    private final RunQueries runs;
    private final StoredDags dags;
    private final BiFunction<String, LaunchKey, AttemptOutput> outputs;

    /**
     * @param outputs gives the output of an attempt by its executor's name and launch key
     */
    public AlertEnrichment(RunQueries runs, StoredDags dags, BiFunction<String, LaunchKey, AttemptOutput> outputs) {
        this.runs = runs;
        this.dags = dags;
        this.outputs = outputs;
    }

    @Override
    public AlertView apply(AlertView alert) {
        if (alert.step().isEmpty() || !alert.event().equals("step_failed")) {
            return alert;
        }
        RunId run = RunId.of(alert.run());
        StepId step = new StepId(alert.step().get());
        return new AlertView(
                alert.id(),
                alert.state(),
                alert.event(),
                alert.dag(),
                alert.run(),
                alert.step(),
                alert.partition(),
                alert.message(),
                excerpt(run, step),
                affected(alert, run, step),
                alert.openedAt(),
                alert.resolvedAt(),
                alert.deliveries());
    }

    private Optional<String> excerpt(RunId run, StepId step) {
        List<RunViews.AttemptView> attempts = runs.attempts(run, step);
        if (attempts.isEmpty()) {
            return Optional.empty();
        }
        RunViews.AttemptView last = attempts.stream()
                .reduce((left, right) -> left.number() > right.number() ? left : right)
                .orElseThrow();
        try {
            return LogExcerpt.of(outputs.apply(last.executor(), new LaunchKey(last.launchKey())));
        } catch (IOException problem) {
            LOG.warn("the log of attempt {} cannot be read for an alert: {}", last.launchKey(), problem.getMessage());
            return Optional.empty();
        }
    }

    private List<String> affected(AlertView alert, RunId run, StepId step) {
        Optional<DagGraph> graph = runs.run(run)
                .flatMap(summary -> dags.find(new DagVersionId(new DagId(alert.dag()), summary.version())))
                .map(StoredDags.Stored::graph);
        if (graph.isEmpty() || !graph.get().hasStep(step)) {
            return List.of();
        }
        Set<StepId> steps = new LinkedHashSet<>();
        Set<String> datasets = new LinkedHashSet<>();
        Deque<StepId> open = new ArrayDeque<>(List.of(step));
        while (!open.isEmpty()) {
            StepId current = open.removeFirst();
            graph.get().step(current).outputs().stream().map(DatasetName::value).forEach(datasets::add);
            graph.get().downstream(current).stream()
                    .map(Edge::to)
                    .filter(steps::add)
                    .forEach(open::addLast);
        }
        List<String> affected = new ArrayList<>();
        steps.forEach(id -> affected.add("step " + id));
        datasets.forEach(name -> affected.add("dataset " + name));
        return List.copyOf(affected);
    }
}
