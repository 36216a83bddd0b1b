package io.tidegate.server.dagtest.run;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.template.TemplateException;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.engine.LaunchOrder;
import io.tidegate.scheduler.engine.LaunchRequests;
import io.tidegate.scheduler.plan.Effect;
import io.tidegate.scheduler.plan.Plan;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.plan.RunPlanner;
import io.tidegate.scheduler.plan.Timer;
import io.tidegate.scheduler.resolve.AttemptUses;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.store.CommandStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run from its start to its end. Does for a single run what the engine does for many, with the same planner and the same look-ups; time and
 * programs may be real or not. For one use; not thread-safe.
 */
public final class CaseRun {
    /** More happens only in a run that would go on for ever. */
    private static final int MOST_EVENTS = 1_000_000;

    private final DagGraph graph;
    private final Surroundings around;
    private final RunPlanner planner;
    private final Happenings happenings;
    private final Programs programs;
    private final Map<LaunchKey, Outcome.Try> tries = new LinkedHashMap<>();
    private final List<AlertRule.Event> alerts = new ArrayList<>();
    private RunSnapshot snapshot;

    /**
     * What a run finds.
     *
     * @param start the run, and what is known when it starts
     * @param folder absolute path of the DAG's folder
     */
    public record Surroundings(CaseSetup.Start start, StepResolver resolver, LaunchRequests requests, String folder) {}

    public CaseRun(DagGraph graph, Surroundings around, Happenings happenings, Programs programs) {
        this.graph = graph;
        this.around = around;
        this.planner = new RunPlanner(around.resolver()::withoutReads);
        this.happenings = happenings;
        this.programs = programs;
        Map<StepId, StepRun> steps = new HashMap<>();
        graph.order().forEach(step -> steps.put(step, StepRun.waiting(step)));
        this.snapshot = RunSnapshot.of(around.start().run(), steps, Map.of());
    }

    /** Lets a person cancel the run. */
    public void cancelAfter(Duration later) {
        happenings.in(
                later,
                new PlannerEvent.CommandGiven(
                        new CommandStore.Command(
                                1,
                                snapshot.run().id(),
                                CommandStore.Type.CANCEL,
                                CommandStore.Target.RUN,
                                "test",
                                "cancel_after"),
                        Optional.empty()));
    }

    /**
     * Runs to the end.
     *
     * @param told each step whenever it has moved to another state
     * @throws IllegalStateException when the run does not end, which is a bug of the planner
     */
    public Outcome play(Consumer<StepRun> told) {
        int looks = 0;
        Instant begun = happenings.now();
        happenings.in(Duration.ZERO, new PlannerEvent.Adopted());
        for (int events = 0; !snapshot.run().state().isTerminal(); events++) {
            Optional<PlannerEvent> next = happenings.next();
            if (next.isEmpty() || events > MOST_EVENTS) {
                throw new IllegalStateException("the run does not end: its steps are " + snapshot.steps());
            }
            take(next.get(), told);
            looks = isLook(next.get()) ? looks + 1 : 0;
            if (looks > snapshot.steps().size()) {
                // Every step that is held has been looked at again, and nothing else will happen.
                break;
            }
        }
        return new Outcome(snapshot, byStep(), alerts, Duration.between(begun, happenings.now()));
    }

    private void take(PlannerEvent event, Consumer<StepRun> told) {
        RunSnapshot before = snapshot;
        Plan plan = planner.plan(graph, snapshot, List.of(event), happenings.now());
        snapshot = plan.next();
        plan.changes().forEach(this::write);
        for (Change change : plan.changes()) {
            if (change instanceof Change.StepWritten written && hasMoved(before, written.step())) {
                told.accept(written.step());
            }
        }
        plan.effects().forEach(this::carryOut);
    }

    private static boolean isLook(PlannerEvent event) {
        return (event instanceof PlannerEvent.TimerFired fired && fired.timer().kind() == Timer.Kind.LOOK)
                || (event instanceof PlannerEvent.StepResolved resolved
                        && resolved.resolution() instanceof Resolution.Hold);
    }

    private static boolean hasMoved(RunSnapshot before, StepRun step) {
        // An item is not there before its step has been looked up.
        return !before.steps().containsKey(step.step())
                || before.step(step.step()).state() != step.state();
    }

    private void write(Change change) {
        around.start().world().write(change);
        if (change instanceof Change.AlertRaised raised) {
            alerts.add(raised.alert().event());
        } else if (change instanceof Change.AttemptWritten written) {
            tries.computeIfPresent(
                    written.attempt().key(),
                    (key, before) -> new Outcome.Try(written.attempt(), before.work(), before.request()));
        }
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.Resolve resolve) {
            happens(new PlannerEvent.StepResolved(
                    resolve.step(), around.resolver().resolve(graph, snapshot.run(), resolve.step())));
        } else if (effect instanceof Effect.Launch launch) {
            launch(launch.attempt(), launch.work());
        } else if (effect instanceof Effect.Cancel cancel) {
            programs.cancel(cancel.attempt(), work(cancel.attempt()));
        } else if (effect instanceof Effect.Find find) {
            programs.find(find.attempt(), work(find.attempt()));
        } else if (effect instanceof Effect.WakeAt wake) {
            Duration later = Duration.between(happenings.now(), wake.at());
            happenings.in(later.isNegative() ? Duration.ZERO : later, new PlannerEvent.TimerFired(wake.timer()));
        }
    }

    private void launch(Attempt attempt, Optional<ResolvedWork> given) {
        ResolvedWork work = given.orElseGet(() -> around.resolver().workOf(graph, snapshot.run(), attempt.step()));
        try {
            LaunchRequest request =
                    around.requests().build(new LaunchOrder(graph, around.folder(), snapshot.run(), attempt, work));
            tries.put(attempt.key(), new Outcome.Try(attempt, work, Optional.of(request)));
            programs.launch(attempt, work(attempt), request);
        } catch (IllegalArgumentException | TemplateException undeclarable) {
            tries.put(attempt.key(), new Outcome.Try(attempt, work, Optional.empty()));
            happens(new PlannerEvent.LaunchRejected(
                    attempt.step(), attempt.number(), FailureKind.USER, undeclarable.getMessage()));
        }
    }

    private Programs.Work work(Attempt attempt) {
        ResolvedWork work = tries.get(attempt.key()).work();
        return report -> new PlannerEvent.Findings(
                report, AttemptUses.partitions(graph, work, report), AttemptUses.models(work));
    }

    private void happens(PlannerEvent event) {
        happenings.in(Duration.ZERO, event);
    }

    private Map<StepId, List<Outcome.Try>> byStep() {
        Map<StepId, List<Outcome.Try>> byStep = new LinkedHashMap<>();
        tries.values()
                .forEach(one -> byStep.computeIfAbsent(one.attempt().step(), step -> new ArrayList<>())
                        .add(one));
        return byStep;
    }
}
