package io.tidegate.scheduler.run;

import io.tidegate.dag.step.StepId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** Everything the planner needs to know of a run. Immutable; what follows from it shares with it whatever has not changed. */
public final class RunSnapshot {
    private final Run run;
    private final PMap<StepId, StepRun> steps;
    private final PMap<StepId, Attempt> attempts;
    private final PMap<StepId, List<StepId>> items;

    private RunSnapshot(
            Run run, PMap<StepId, StepRun> steps, PMap<StepId, Attempt> attempts, PMap<StepId, List<StepId>> items) {
        this.run = Objects.requireNonNull(run, "run");
        this.steps = steps;
        this.attempts = attempts;
        this.items = items;
    }

    /**
     * A run as it was read.
     *
     * @param steps one for each step of the DAG version, and one for each item of a step that runs for the items of a list
     * @param attempts the newest attempt of each step that has any
     */
    public static RunSnapshot of(Run run, Map<StepId, StepRun> steps, Map<StepId, Attempt> attempts) {
        Map<StepId, List<StepId>> items = steps.keySet().stream()
                .filter(StepId::isItem)
                .collect(Collectors.groupingBy(
                        StepId::declared,
                        Collectors.collectingAndThen(Collectors.toList(), ids -> inOrder(ids, steps::get))));
        return new RunSnapshot(run, HashTreePMap.from(steps), HashTreePMap.from(attempts), HashTreePMap.from(items));
    }

    /** Items of one step in the order of its list. */
    public static List<StepId> inOrder(Collection<StepId> items, Function<StepId, StepRun> known) {
        return items.stream()
                .sorted(Comparator.<StepId>comparingInt(id -> known.apply(id).itemIndex())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    public Run run() {
        return run;
    }

    public Map<StepId, StepRun> steps() {
        return steps;
    }

    public Map<StepId, Attempt> attempts() {
        return attempts;
    }

    /** Items that a step has or once had, in the order of its list. */
    public List<StepId> items(StepId step) {
        return items.getOrDefault(step, List.of());
    }

    /** @throws IllegalArgumentException when the run has no such step */
    public StepRun step(StepId id) {
        StepRun step = steps.get(id);
        if (step == null) {
            throw new IllegalArgumentException("run " + run.id() + " has no step " + id);
        }
        return step;
    }

    /**
     * The run as it becomes. Costs what changes, not what the run holds.
     *
     * @param changedSteps steps and items that are new or other than before
     * @param changedAttempts the same of newest attempts
     * @param changedItems items of steps that have other ones, or have them in another order
     */
    public RunSnapshot with(
            Run next,
            Map<StepId, StepRun> changedSteps,
            Map<StepId, Attempt> changedAttempts,
            Map<StepId, List<StepId>> changedItems) {
        return new RunSnapshot(
                next, steps.plusAll(changedSteps), attempts.plusAll(changedAttempts), items.plusAll(changedItems));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunSnapshot that
                && run.equals(that.run)
                && steps.equals(that.steps)
                && attempts.equals(that.attempts)
                && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return Objects.hash(run, steps, attempts, items);
    }

    @Override
    public String toString() {
        return "RunSnapshot[run=" + run + ", steps=" + steps + ", attempts=" + attempts + "]";
    }
}
