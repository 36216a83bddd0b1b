package io.tidegate.server.dagtest.run;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.testfile.Given;
import io.tidegate.dag.parser.testfile.StepResult;
import io.tidegate.dag.parser.testfile.StepResult.Failure;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.template.TemplateException;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.engine.LaunchOrder;
import io.tidegate.scheduler.engine.LaunchRequests;
import io.tidegate.scheduler.plan.Effect;
import io.tidegate.scheduler.plan.Plan;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.plan.RunPlanner;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.resolve.AttemptUses;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.store.CommandStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * One run from its start to its end, in virtual time: what is due next happens next, however long that is from now. Does for a single run what
 * engine, executors and database do, with the same planner and the same look-ups. For one use; not thread-safe.
 */
final class SimulatedRun {
    /** More happens only in a run that would go on for ever. */
    private static final int MOST_EVENTS = 1_000_000;

    private final DagGraph graph;
    private final Given given;
    private final GivenWorld world;
    private final StepResolver resolver;
    private final RunPlanner planner;
    private final LaunchRequests requests;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::sequence));
    private final Map<LaunchKey, Outcome.Try> tries = new LinkedHashMap<>();
    private final List<AlertRule.Event> alerts = new ArrayList<>();
    private RunSnapshot snapshot;
    private Instant now;
    private long sequence;

    private record Due(Instant at, long sequence, PlannerEvent event) {}

    SimulatedRun(DagGraph graph, Given given, CaseSetup.Start start, StepResolver resolver, LaunchRequests requests) {
        this.graph = graph;
        this.given = given;
        this.world = start.world();
        this.resolver = resolver;
        this.planner = new RunPlanner(resolver::withoutReads);
        this.requests = requests;
        this.now = start.run().progress().createdAt();
        Map<StepId, StepRun> steps = new HashMap<>();
        graph.order().forEach(step -> steps.put(step, StepRun.waiting(step)));
        this.snapshot = new RunSnapshot(start.run(), steps, Map.of());
    }

    /**
     * Runs to the end.
     *
     * @throws IllegalStateException when the run does not end, which is a bug of the planner
     */
    Outcome play() {
        Instant begun = now;
        happens(Duration.ZERO, new PlannerEvent.Adopted());
        given.cancelAfter().ifPresent(after -> happens(after, new PlannerEvent.CommandGiven(cancel())));
        for (int events = 0; !snapshot.run().state().isTerminal(); events++) {
            Due next = due.poll();
            if (next == null || events > MOST_EVENTS) {
                throw new IllegalStateException(
                        "the run does not end: it is " + snapshot.run().state() + " and its steps are "
                                + snapshot.steps().values());
            }
            now = next.at();
            take(next.event());
        }
        return new Outcome(snapshot, byStep(), alerts, Duration.between(begun, now));
    }

    private CommandStore.Command cancel() {
        return new CommandStore.Command(
                1, snapshot.run().id(), CommandStore.Type.CANCEL, Optional.empty(), "test", "cancel_after");
    }

    private void happens(Duration later, PlannerEvent event) {
        due.add(new Due(now.plus(later), sequence++, event));
    }

    private void take(PlannerEvent event) {
        Plan plan = planner.plan(graph, snapshot, List.of(event), now);
        snapshot = plan.next();
        plan.changes().forEach(this::write);
        plan.effects().forEach(this::carryOut);
    }

    private void write(Change change) {
        world.write(change);
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
            happens(
                    Duration.ZERO,
                    new PlannerEvent.StepResolved(
                            resolve.step(), resolver.resolve(graph, snapshot.run(), resolve.step())));
        } else if (effect instanceof Effect.Launch launch) {
            Run run = snapshot.run();
            launch(
                    launch.attempt(),
                    launch.work()
                            .orElseGet(() ->
                                    resolver.workOf(graph, run, launch.attempt().step())));
        } else if (effect instanceof Effect.Cancel cancel) {
            Attempt attempt = cancel.attempt();
            end(attempt, Observation.Ended.failed(FailureKind.USER, 143, "ended when asked to"), StepReport.EMPTY);
        } else if (effect instanceof Effect.Find find) {
            happens(
                    Duration.ZERO,
                    new PlannerEvent.JobFound(
                            find.attempt().step(), find.attempt().number(), job(find.attempt())));
        } else if (effect instanceof Effect.WakeAt wake) {
            Duration later = Duration.between(now, wake.at());
            happens(later.isNegative() ? Duration.ZERO : later, new PlannerEvent.TimerFired(wake.timer()));
        }
    }

    private void launch(Attempt attempt, ResolvedWork work) {
        Step step = graph.step(attempt.step());
        Optional<LaunchRequest> request = Optional.empty();
        String refusal = "";
        try {
            request = Optional.of(
                    requests.build(new LaunchOrder(graph, Simulator.DAG_FOLDER, snapshot.run(), attempt, work)));
        } catch (IllegalArgumentException | TemplateException undeclarable) {
            refusal = undeclarable.getMessage();
        }
        tries.put(attempt.key(), new Outcome.Try(attempt, work, request));
        if (request.isEmpty()) {
            happens(
                    Duration.ZERO,
                    new PlannerEvent.LaunchRejected(step.id(), attempt.number(), FailureKind.USER, refusal));
            return;
        }
        happens(Duration.ZERO, new PlannerEvent.LaunchAccepted(step.id(), attempt.number(), job(attempt)));
        StepResult result = result(attempt);
        if (result.failure().filter(Failure.TIMEOUT::equals).isEmpty()) {
            happens(
                    result.after(),
                    ended(attempt, Reports.ended(step, result), Reports.report(step, attempt.key(), result)));
        }
    }

    /** One for each attempt; the last one counts for all further ones. */
    private StepResult result(Attempt attempt) {
        return Optional.ofNullable(given.steps().get(attempt.step().value()))
                .map(results -> results.value()
                        .get(Math.min(attempt.number(), results.value().size()) - 1))
                .orElse(StepResult.SUCCESS);
    }

    private void end(Attempt attempt, Observation.Ended ended, StepReport report) {
        happens(Duration.ZERO, ended(attempt, ended, report));
    }

    private PlannerEvent ended(Attempt attempt, Observation.Ended ended, StepReport report) {
        ResolvedWork work = tries.get(attempt.key()).work();
        return new PlannerEvent.JobEnded(
                attempt.step(),
                attempt.number(),
                ended,
                new PlannerEvent.Findings(
                        report, AttemptUses.partitions(graph, work, report), AttemptUses.models(work)));
    }

    private static ExternalJob job(Attempt attempt) {
        return new ExternalJob(attempt.key(), "job-" + attempt.number(), Map.of());
    }

    private Map<StepId, List<Outcome.Try>> byStep() {
        Map<StepId, List<Outcome.Try>> byStep = new LinkedHashMap<>();
        tries.values()
                .forEach(one -> byStep.computeIfAbsent(one.attempt().step(), step -> new ArrayList<>())
                        .add(one));
        return byStep;
    }
}
