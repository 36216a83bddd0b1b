package io.tidegate.server.dagtest.local;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.server.dagtest.run.Happenings;
import io.tidegate.server.dagtest.run.Programs;
import io.tidegate.server.report.ReportParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs the programs of steps on this machine; steps with a given result get it. Jobs are heard of on the executors' threads. */
final class RealPrograms implements Programs, AutoCloseable {
    private final LocalExecutors executors;
    private final Happenings happenings;
    private final Programs given;
    private final Set<StepId> standIns;
    private final ReportParser parser = new ReportParser();
    private final Map<LaunchKey, Going> going = new ConcurrentHashMap<>();

    private record Going(Executor executor, ExternalJob job) {}

    /**
     * @param given what steps do that do not run
     * @param standIns those steps
     */
    RealPrograms(LocalExecutors executors, Happenings happenings, Programs given, Set<StepId> standIns) {
        this.executors = executors;
        this.happenings = happenings;
        this.given = given;
        this.standIns = Set.copyOf(standIns);
    }

    @Override
    public void launch(Attempt attempt, Work work, LaunchRequest request) {
        if (standIns.contains(attempt.step())) {
            given.launch(attempt, work, request);
            return;
        }
        Optional<Executor> executor = executors.find(attempt.executor());
        if (executor.isEmpty()) {
            now(new PlannerEvent.LaunchRejected(
                    attempt.step(),
                    attempt.number(),
                    FailureKind.USER,
                    "a local run has no executor '" + attempt.executor() + "'; give the step a result under 'steps'"));
            return;
        }
        LaunchResult result = executor.get().launch(request);
        if (result instanceof LaunchResult.Accepted accepted) {
            now(new PlannerEvent.LaunchAccepted(attempt.step(), attempt.number(), accepted.job()));
            going.put(attempt.key(), new Going(executor.get(), accepted.job()));
            executor.get().watch(accepted.job(), (key, seen) -> observed(attempt, work, executor.get(), seen));
        } else if (result instanceof LaunchResult.Rejected rejected) {
            now(new PlannerEvent.LaunchRejected(attempt.step(), attempt.number(), rejected.kind(), rejected.message()));
        } else if (result instanceof LaunchResult.Unknown unknown) {
            now(new PlannerEvent.AnswerLost(attempt.step(), attempt.number(), unknown.message()));
        }
    }

    private void observed(Attempt attempt, Work work, Executor executor, Observation seen) {
        if (seen instanceof Observation.Described described) {
            now(new PlannerEvent.JobDescribed(attempt.step(), attempt.number(), described.details()));
        } else if (seen instanceof Observation.Running) {
            now(new PlannerEvent.JobRunning(attempt.step(), attempt.number()));
        } else if (seen instanceof Observation.Ended ended) {
            going.remove(attempt.key());
            now(ended(attempt, work, executor, ended));
        }
    }

    /** A success of which nobody can say what it made is none. */
    private PlannerEvent ended(Attempt attempt, Work work, Executor executor, Observation.Ended ended) {
        try (InputStream lines = executor.output(attempt.key()).report()) {
            StepReport report = parser.parse(lines);
            return new PlannerEvent.JobEnded(attempt.step(), attempt.number(), ended, work.findings(report));
        } catch (IOException unreadable) {
            Observation.Ended without = new Observation.Ended(
                    OptionalInt.empty(),
                    Optional.of(ended.failure().orElse(FailureKind.PLATFORM)),
                    "its report cannot be read: " + unreadable.getMessage());
            return new PlannerEvent.JobEnded(attempt.step(), attempt.number(), without, PlannerEvent.Findings.NONE);
        }
    }

    @Override
    public void cancel(Attempt attempt, Work work) {
        if (standIns.contains(attempt.step())) {
            given.cancel(attempt, work);
        } else {
            Optional.ofNullable(going.get(attempt.key()))
                    .ifPresent(job -> job.executor().cancel(job.job()));
        }
    }

    @Override
    public void find(Attempt attempt, Work work) {
        if (standIns.contains(attempt.step())) {
            given.find(attempt, work);
            return;
        }
        FindResult found = executors.find(attempt.executor()).orElseThrow().find(attempt.key());
        if (found instanceof FindResult.Found job) {
            now(new PlannerEvent.JobFound(attempt.step(), attempt.number(), job.job()));
        } else {
            now(new PlannerEvent.JobNotFound(attempt.step(), attempt.number()));
        }
    }

    private void now(PlannerEvent event) {
        happenings.in(Duration.ZERO, event);
    }

    /** Asks what is still going to end: nothing of a local run is to outlive it. */
    @Override
    public void close() {
        going.values().forEach(job -> job.executor().cancel(job.job()));
    }
}
