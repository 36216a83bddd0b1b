package io.tidegate.scheduler.engine;

import io.tidegate.dag.template.TemplateException;
import io.tidegate.executor.Executor;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.resolve.AttemptUses;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads what a job left behind when it ended, and tells its run of both together. Safe for use by several threads. */
final class JobEnds {
    private static final System.Logger LOG = System.getLogger(JobEnds.class.getName());
    private static final int TRIES = 5;
    private static final ResolvedWork NO_WORK =
            new ResolvedWork(List.of(), List.of(), Optional.empty(), Optional.empty());

    private final EnginePorts ports;
    private final StepResolver resolver;
    private final Retrier retrier;
    private final Map<LaunchKey, Remembered> works = new ConcurrentHashMap<>();

    private record Remembered(RunId run, ResolvedWork work) {}

    JobEnds(EnginePorts ports, StepResolver resolver, Retrier retrier) {
        this.ports = ports;
        this.resolver = resolver;
        this.retrier = retrier;
    }

    /** Keeps what an attempt works on until it is over. */
    void remember(RunId run, LaunchKey key, ResolvedWork work) {
        works.put(key, new Remembered(run, work));
    }

    void forget(LaunchKey key) {
        works.remove(key);
    }

    void forget(RunId run) {
        works.values().removeIf(remembered -> remembered.run().equals(run));
    }

    /** What an attempt from before a restart works on. */
    ResolvedWork lookUp(RunActor actor, Run run, Attempt attempt) {
        return resolver.workOf(actor.graph(), run, attempt.step());
    }

    /**
     * Reads the report of a job that has ended, and tells the run.
     *
     * @param here whether the calling thread may block: then nobody else need be asked
     */
    void ended(RunActor actor, Run run, Attempt attempt, Observation.Ended ended, boolean here) {
        String what = "read what " + attempt.key() + " left behind";
        Retrier.Task reading = reading(actor, run, attempt, ended);
        if (here) {
            retrier.runHere(what, actor::isLive, reading);
        } else {
            retrier.run(what, actor::isLive, reading);
        }
    }

    private Retrier.Task reading(RunActor actor, Run run, Attempt attempt, Observation.Ended ended) {
        return failures -> {
            StepReport report;
            try {
                report = report(attempt);
            } catch (IOException | UncheckedIOException unreadable) {
                if (failures + 1 < TRIES) {
                    throw unreadable;
                }
                LOG.log(System.Logger.Level.WARNING, "the report of " + attempt.key() + " cannot be read", unreadable);
                tell(actor, attempt, withoutReport(ended, unreadable), PlannerEvent.Findings.NONE);
                return true;
            }
            ResolvedWork work = Optional.ofNullable(works.get(attempt.key()))
                    .map(Remembered::work)
                    .orElseGet(() -> adopted(actor, run, attempt));
            tell(
                    actor,
                    attempt,
                    ended,
                    new PlannerEvent.Findings(report, uses(actor, work, report, ended), AttemptUses.models(work)));
            return true;
        };
    }

    /** Of a step that failed nobody can say whether what it left is whole. */
    private List<PartitionUse> uses(RunActor actor, ResolvedWork work, StepReport report, Observation.Ended ended) {
        List<PartitionUse> uses = AttemptUses.partitions(actor.graph(), work, report);
        List<String> untold = AttemptUses.untold(uses);
        if (ended.failure().isPresent() || untold.isEmpty()) {
            return uses;
        }
        String owner = actor.graph().definition().description().owner().orElse("");
        return AttemptUses.told(uses, ports.contents().look(owner, untold));
    }

    private StepReport report(Attempt attempt) throws IOException {
        Executor executor = ports.executors()
                .find(attempt.executor())
                .orElseThrow(
                        () -> new IOException("this server has no executor '" + attempt.executor() + "' any more"));
        return ports.reports().read(attempt.key(), executor.output(attempt.key()));
    }

    private ResolvedWork adopted(RunActor actor, Run run, Attempt attempt) {
        try {
            return lookUp(actor, run, attempt);
        } catch (IllegalArgumentException | TemplateException undeclarable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "what {0} worked on is not known: {1}",
                    attempt.key(),
                    undeclarable.getMessage());
            return NO_WORK;
        }
    }

    private static void tell(RunActor actor, Attempt attempt, Observation.Ended ended, PlannerEvent.Findings findings) {
        actor.post(new PlannerEvent.JobEnded(attempt.step(), attempt.number(), ended, findings));
    }

    /** A success of which nobody can say what it made is none: what follows would find nothing. */
    private static Observation.Ended withoutReport(Observation.Ended ended, Exception unreadable) {
        return ended.failure().isPresent()
                ? ended
                : new Observation.Ended(
                        ended.exitCode(),
                        Optional.of(FailureKind.PLATFORM),
                        "the program succeeded, but its report cannot be read: " + unreadable.getMessage());
    }
}
