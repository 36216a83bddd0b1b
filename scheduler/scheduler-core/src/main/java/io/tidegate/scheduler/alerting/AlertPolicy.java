package io.tidegate.scheduler.alerting;

import io.tidegate.dag.AlertRule.Event;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.threshold.ThresholdReading.RuleReading;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What to tell when a run moves from one state to the next. Failures always open an alert, which the dashboard and the log show; the DAG's rules
 * say who is told besides. A problem is a DAG and a step, or a DAG: while its alert is open, it is not told again.
 *
 * <ul>
 *   <li>{@code step_failed} closes when the step succeeds, in this run or a later one, or a run succeeds without needing it.
 *   <li>{@code run_failed} closes when a run of the DAG succeeds; those who asked for {@code recovered} are told then. Who was told of the step
 *       that failed is not told of its run as well.
 *   <li>{@code deadline_missed} closes when the step, or the run, has ended.
 *   <li>{@code refit_fired} is news: it closes when the model's publication is decided, or the refit next stays shut.
 *   <li>{@code publication_rejected} is news: it closes when the next publication is accepted or there is nothing to publish. A further rejection
 *       closes it and opens a new one, because it is about another version.
 * </ul>
 */
public final class AlertPolicy {
    private AlertPolicy() {}

    /**
     * Changes to write with the ones that led from {@code before} to {@code after}; empty when there is nothing to tell.
     *
     * @param before the run as it was
     * @param after the same run as it becomes
     * @param touched every step that may be in another state than before, in the order in which it is told
     */
    public static List<Change> changes(
            DagGraph graph, RunSnapshot before, RunSnapshot after, Collection<StepId> touched, Instant now) {
        AlertChanges changes = new AlertChanges(graph, after.run(), now);
        for (StepId step : touched) {
            StepRun was = before.steps().get(step);
            StepRun is = after.steps().get(step);
            boolean declared = !step.isItem() && graph.hasStep(step);
            if (declared && was != null && is != null && was.state() != is.state()) {
                stepChanged(graph, changes, is);
            }
        }
        if (before.run().state() != after.run().state()) {
            runChanged(graph, changes, after);
        }
        return changes.list();
    }

    /**
     * Changes to write when a deadline was missed.
     *
     * @param step absent for the run's own deadline
     * @param words what it did not do by when
     */
    public static List<Change> deadlineMissed(
            DagGraph graph, Run run, Optional<StepId> step, String words, Instant now) {
        AlertChanges changes = new AlertChanges(graph, run, now);
        String who = step.map(id -> "step " + id).orElse("the run");
        changes.raise(Event.DEADLINE_MISSED, step, changes.dag() + ": " + who + " " + changes.when() + " has " + words);
        return changes.list();
    }

    private static void stepChanged(DagGraph graph, AlertChanges changes, StepRun step) {
        StepKind kind = graph.step(step.step()).kind();
        if (step.state().isTerminal()
                && graph.step(step.step()).limits().deadline().isPresent()) {
            changes.resolve(Event.DEADLINE_MISSED, step.step(), step.step() + " has ended " + changes.when());
        }
        if (step.state() == StepState.FAILED) {
            changes.raise(Event.STEP_FAILED, Optional.of(step.step()), stepFailed(changes, step));
        } else if (step.state() == StepState.SUCCEEDED) {
            changes.resolve(Event.STEP_FAILED, step.step(), step.step() + " succeeded " + changes.when());
        }
        if (kind == StepKind.REFIT) {
            refitChanged(changes, step);
        } else if (kind == StepKind.PUBLISH && step.state().isGood()) {
            publicationDecided(graph, changes, step);
        }
    }

    private static String stepFailed(AlertChanges changes, StepRun step) {
        String tries = step.attempts() > 1 ? ", attempt " + step.attempts() : "";
        return changes.dag() + ": step " + step.step() + " failed " + changes.when() + tries + because(step.reason());
    }

    private static void refitChanged(AlertChanges changes, StepRun step) {
        boolean firstTry = step.spent().isEmpty();
        if (step.state() == StepState.RUNNING && firstTry) {
            step.findings()
                    .reading()
                    .filter(reading -> reading.rules().stream().anyMatch(AlertPolicy::measuredAndHolds))
                    .ifPresent(reading -> changes.renew(
                            Event.REFIT_FIRED,
                            step.step(),
                            changes.dag() + ": refit fired " + changes.when() + because(reading.explanation())));
        } else if (step.state() == StepState.SKIPPED) {
            changes.resolve(Event.REFIT_FIRED, step.step(), step.step() + " stays shut " + changes.when());
        }
    }

    private static boolean measuredAndHolds(RuleReading rule) {
        return rule.holds() && rule.metric().isPresent();
    }

    private static void publicationDecided(DagGraph graph, AlertChanges changes, StepRun step) {
        step.findings()
                .verdict()
                .filter(verdict -> !verdict.accepted() && step.state() == StepState.SUCCEEDED)
                .ifPresentOrElse(
                        verdict -> changes.renew(
                                Event.PUBLICATION_REJECTED,
                                step.step(),
                                changes.dag() + ": publication rejected " + changes.when()
                                        + because(verdict.explanation())),
                        () -> changes.resolve(
                                Event.PUBLICATION_REJECTED,
                                step.step(),
                                step.step() + " ended well " + changes.when()));
        if (step.state() == StepState.SUCCEEDED) {
            String message = step.findings()
                    .verdict()
                    .map(verdict -> verdict.explanation())
                    .orElse("publication decided");
            refitsOfSameModel(graph, step.step()).forEach(refit -> changes.resolve(Event.REFIT_FIRED, refit, message));
        }
    }

    private static List<StepId> refitsOfSameModel(DagGraph graph, StepId publish) {
        var model = graph.step(publish).work().model();
        return graph.order().stream()
                .filter(step -> graph.step(step).kind() == StepKind.REFIT)
                .filter(step -> graph.step(step).work().model().equals(model))
                .toList();
    }

    private static void runChanged(DagGraph graph, AlertChanges changes, RunSnapshot after) {
        if (after.run().state().isTerminal()
                && graph.definition().limits().deadline().isPresent()) {
            changes.resolveRunDeadline();
        }
        if (after.run().state() == RunState.FAILED) {
            List<StepId> failed = graph.order().stream()
                    .filter(step -> stateOf(after, step) == StepState.FAILED)
                    .toList();
            changes.raiseRunFailed(failed, because(after.run().progress().reason()));
        } else if (after.run().state() == RunState.SUCCEEDED) {
            graph.order().stream()
                    .filter(step -> stateOf(after, step) == StepState.SKIPPED)
                    .forEach(step -> changes.resolve(
                            Event.STEP_FAILED,
                            step,
                            changes.dag() + " succeeded without " + step + " " + changes.when()));
            changes.resolveRun();
        }
    }

    private static StepState stateOf(RunSnapshot run, StepId step) {
        StepRun state = run.steps().get(step);
        return state == null ? StepState.WAITING : state.state();
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }
}
