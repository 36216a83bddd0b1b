package io.tidegate.scheduler.plan;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.RunEvent;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore.Command;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Steps of a run go back to waiting, with the version of the DAG they ran with or with another one. Attempts are kept and go on counting.
 *
 * <p>With another version, steps that are new wait, steps that are gone are kept beside the run and count for nothing, and parameters that are
 * new take their defaults.
 */
final class RerunFlow {
    private static final int SHOWN_HASH = 12;

    private final Draft draft;
    private final Command command;
    private final Optional<DagGraph> version;
    private final DagGraph graph;

    /** @param version graph of the version that the command names, if it can be read */
    RerunFlow(Draft draft, Command command, Optional<DagGraph> version) {
        this.draft = draft;
        this.command = command;
        this.version = version;
        this.graph = version.orElse(draft.graph());
    }

    /** Does it, or says why not. */
    Optional<String> rerun() {
        Set<StepId> chosen = chosen();
        Optional<String> refusal = refusal(chosen);
        if (refusal.isPresent()) {
            return refusal;
        }
        String reason = "rerun by " + command.actor() + CommandFlow.because(command);
        if (isOtherVersion()) {
            exchangeVersion();
        }
        chosen.stream()
                .filter(this::isKnown)
                .filter(step -> draft.step(step).state() != StepState.WAITING)
                .forEach(step -> draft.moveStep(step, StepEvent.RERUN, reason));
        if (draft.run().state().isTerminal()) {
            // Whether it may start again at once is for the DAG's overlap rule: whoever claims it next is let in by
            // that.
            draft.moveRun(RunEvent.RERUN, reason);
            draft.release();
        } else {
            new StepFlow(draft).considerAll();
        }
        return Optional.empty();
    }

    private Optional<String> refusal(Set<StepId> chosen) {
        RunState state = draft.run().state();
        if (command.target().version().isPresent() && version.isEmpty()) {
            return Optional.of("version " + shown(command.target().version().get()) + " of the DAG cannot be read");
        }
        if (state == RunState.QUEUED || state == RunState.CANCELLING) {
            return Optional.of("the run is " + state.name().toLowerCase(Locale.ROOT));
        }
        if (isOtherVersion() && !state.isTerminal()) {
            return Optional.of("the run is still going, with the version it began with");
        }
        List<StepId> unknown = command.target().steps().stream()
                .filter(step -> !graph.hasStep(step.declared()) || (step.isItem() && !draft.hasStep(step)))
                .toList();
        if (!unknown.isEmpty()) {
            return Optional.of(
                    (isOtherVersion() ? "the version has no step " : "the run has no step ") + names(unknown));
        }
        if (chosen.isEmpty()) {
            return Optional.of("no step failed, was blocked or was cancelled");
        }
        return missingParameters()
                .or(() -> chosen.stream()
                        .filter(this::isKnown)
                        .filter(step -> !draft.step(step).state().isTerminal()
                                && draft.step(step).state() != StepState.WAITING)
                        .findFirst()
                        .map(step -> "step " + step + " is still at work"));
    }

    private Optional<String> missingParameters() {
        String missing = graph.definition().parameters().stream()
                .filter(declared -> value(declared).isEmpty())
                .map(Parameter::name)
                .collect(Collectors.joining(", "));
        return isOtherVersion() && !missing.isEmpty()
                ? Optional.of("the version needs a value for " + missing + ", which the run does not have")
                : Optional.empty();
    }

    private Optional<String> value(Parameter declared) {
        return Optional.ofNullable(draft.run().parameters().get(declared.name()))
                .or(declared::defaultValue);
    }

    private boolean isOtherVersion() {
        return command.target()
                .version()
                .filter(hash -> !hash.equals(draft.run().version().hash()))
                .isPresent();
    }

    private boolean isKnown(StepId step) {
        return draft.knownSteps().contains(step);
    }

    private Set<StepId> chosen() {
        return switch (command.type()) {
            case RERUN_ALL -> matching(step -> true);
            case RERUN_FAILED ->
                matching(step -> !isKnown(step) || draft.step(step).state().isBad());
            case RERUN_FROM -> withItems(graph.following(declared()));
            case RERUN_ONLY -> withItems(declared());
            case CANCEL, MARK_SUCCEEDED, MARK_FAILED ->
                throw new IllegalArgumentException(command.type() + " reruns nothing");
        };
    }

    private Set<StepId> matching(Predicate<StepId> wanted) {
        return graph.order().stream()
                .flatMap(step -> Stream.concat(Stream.of(step), items(step).stream()))
                .filter(wanted)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<StepId> declared() {
        return command.target().steps().stream()
                .map(StepId::declared)
                .distinct()
                .toList();
    }

    /** Steps bring their items along; of a step of which only items were named, only these. */
    private Set<StepId> withItems(Collection<StepId> steps) {
        List<StepId> named = command.target().steps();
        Set<StepId> chosen = new LinkedHashSet<>();
        for (StepId step : steps) {
            chosen.add(step);
            List<StepId> own = named.stream()
                    .filter(id -> id.isItem() && id.declared().equals(step))
                    .toList();
            chosen.addAll(own.isEmpty() || named.contains(step) ? items(step) : own);
        }
        return chosen;
    }

    private List<StepId> items(StepId step) {
        return graph.step(step).foreach().isPresent() ? draft.items(step) : List.of();
    }

    private void exchangeVersion() {
        Run run = draft.run();
        String hash = command.target().version().orElseThrow();
        List<StepId> present = new ArrayList<>();
        graph.order().stream().filter(step -> !draft.graph().hasStep(step)).forEach(present::add);
        List<StepId> former = draft.graph().order().stream()
                .filter(step -> !graph.hasStep(step))
                .toList();
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter declared : graph.definition().parameters()) {
            values.put(declared.name(), value(declared).orElseThrow());
        }
        draft.put(run.withVersion(new DagVersionId(run.version().dag(), hash), values));
        draft.change(new Change.StepsExchanged(present, former));
        // A step that an earlier version had keeps its attempts, and their numbers.
        present.forEach(step -> draft.put(isKnown(step) ? draft.step(step).again() : StepRun.waiting(step)));
        draft.history(
                Optional.empty(),
                Optional.empty(),
                "run_version_changed",
                "",
                Map.of(
                        "from", run.version().hash(),
                        "to", hash,
                        "new_steps", names(present),
                        "former_steps", names(former),
                        "actor", command.actor()));
    }

    private static String names(List<StepId> steps) {
        return steps.stream().map(StepId::value).collect(Collectors.joining(", "));
    }

    private static String shown(String hash) {
        return hash.substring(0, Math.min(SHOWN_HASH, hash.length()));
    }
}
