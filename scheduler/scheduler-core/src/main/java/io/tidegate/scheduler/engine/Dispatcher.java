package io.tidegate.scheduler.engine;

import io.tidegate.dag.template.TemplateException;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.plan.Effect;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.pool.Demand;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Talks to executors: launches, looks for jobs, watches and cancels. A launch whose answer is lost is looked for and never made again.
 */
final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    /** Right after a lost answer the job may still be on its way: it counts as not there when it was not there this often. */
    private static final int LOOKS_AFTER_LOST_ANSWER = 3;

    private final EnginePorts ports;
    private final JobEnds ends;
    private final Admission admission;
    private final Retrier launching;
    private final Retrier looking;
    private final BooleanSupplier owns;
    private volatile boolean launchesNothing;

    /**
     * @param launching does what may block for long
     * @param looking does what is quick
     * @param owns whether this node can count on owning its runs just now
     */
    Dispatcher(
            EnginePorts ports,
            JobEnds ends,
            Admission admission,
            Retrier launching,
            Retrier looking,
            BooleanSupplier owns) {
        this.ports = ports;
        this.ends = ends;
        this.admission = admission;
        this.launching = launching;
        this.looking = looking;
        this.owns = owns;
    }

    void launch(RunActor actor, Run run, Effect.Launch launch) {
        Attempt attempt = launch.attempt();
        BooleanSupplier wanted = () -> actor.isLive() && !launchesNothing;
        Runnable start = () -> launching.run("launch " + attempt.key(), wanted, failures -> {
            // A lease that is late is renewed or lost soon; when it is lost the launch is not wanted any more.
            boolean may = owns.getAsBoolean();
            if (may) {
                start(actor, run, launch);
            }
            return may;
        });
        admission.request(
                run.id(), attempt.key(), Demand.of(actor.graph(), attempt.step()), takesPlace(attempt), start);
    }

    private boolean takesPlace(Attempt attempt) {
        return ports.executors()
                .find(attempt.executor())
                .map(Executor::takesPlace)
                .orElse(true);
    }

    private void occupy(Run run, Attempt attempt) {
        if (takesPlace(attempt)) {
            admission.occupy(run.id(), attempt.key());
        }
    }

    private void start(RunActor actor, Run run, Effect.Launch launch) {
        Attempt attempt = launch.attempt();
        Optional<Executor> executor = ports.executors().find(attempt.executor());
        if (executor.isEmpty()) {
            reject(actor, attempt, FailureKind.USER, "this server has no executor '" + attempt.executor() + "'");
            return;
        }
        Optional<LaunchRequest> request = request(actor, run, launch);
        request.ifPresent(ready -> answer(actor, run, attempt, executor.get(), launch(executor.get(), ready)));
    }

    /** What the executor is told; empty when it cannot be said, and the attempt has been failed for it. */
    private Optional<LaunchRequest> request(RunActor actor, Run run, Effect.Launch launch) {
        Attempt attempt = launch.attempt();
        try {
            ResolvedWork work = launch.work()
                    .orElseGet(() -> ends.lookUp(actor, run, attempt).with(launch.item()));
            ends.remember(run.id(), attempt.key(), work);
            String folder = ports.dags().folder(run.version());
            return Optional.of(
                    ports.launchRequests().build(new LaunchOrder(actor.graph(), folder, run, attempt, work)));
        } catch (StoreUnavailableException outage) {
            throw outage;
        } catch (IllegalArgumentException | TemplateException undeclarable) {
            reject(actor, attempt, FailureKind.USER, undeclarable.getMessage());
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "attempt " + attempt.key() + " could not be prepared", bug);
            reject(
                    actor,
                    attempt,
                    FailureKind.PLATFORM,
                    "the scheduler could not prepare the attempt; its log says more: " + bug.getMessage());
        }
        return Optional.empty();
    }

    private static LaunchResult launch(Executor executor, LaunchRequest request) {
        try {
            return executor.launch(request);
        } catch (RuntimeException bug) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "executor " + executor.name() + " failed on launch " + request.key(),
                    bug);
            return new LaunchResult.Unknown("executor " + executor.name() + " failed: " + bug.getMessage());
        }
    }

    private void answer(RunActor actor, Run run, Attempt attempt, Executor executor, LaunchResult result) {
        if (result instanceof LaunchResult.Accepted accepted) {
            actor.post(new PlannerEvent.LaunchAccepted(attempt.step(), attempt.number(), accepted.job()));
            listenAtOnce(actor, run, attempt.withJob(accepted.job()), executor);
        } else if (result instanceof LaunchResult.Rejected rejected) {
            reject(actor, attempt, rejected.kind(), rejected.message());
        } else if (result instanceof LaunchResult.Unknown unknown) {
            actor.post(new PlannerEvent.AnswerLost(attempt.step(), attempt.number(), unknown.message()));
        }
    }

    private static void reject(RunActor actor, Attempt attempt, FailureKind kind, String message) {
        actor.post(new PlannerEvent.LaunchRejected(attempt.step(), attempt.number(), kind, message));
    }

    void find(RunActor actor, Run run, Attempt attempt) {
        boolean answerLost = attempt.state() == AttemptState.UNKNOWN;
        int looks = answerLost ? LOOKS_AFTER_LOST_ANSWER : 1;
        looking.run("look for the job of " + attempt.key(), actor::isLive, failures -> {
            FindResult result = executor(attempt).find(attempt.key());
            if (result instanceof FindResult.Found found) {
                occupy(run, attempt);
                actor.post(new PlannerEvent.JobFound(attempt.step(), attempt.number(), found.job()));
                return true;
            }
            boolean gone = result instanceof FindResult.NotFound && failures + 1 >= looks;
            // What got no answer may still be on its way, and must not start beside the next attempt.
            if (gone && (!answerLost || executor(attempt).forgo(attempt.key()))) {
                actor.post(new PlannerEvent.JobNotFound(attempt.step(), attempt.number()));
                return true;
            }
            return false;
        });
    }

    void watch(RunActor actor, Run run, Attempt attempt) {
        occupy(run, attempt);
        looking.run("watch " + attempt.key(), actor::isLive, failures -> {
            listen(actor, run, attempt, executor(attempt), job(attempt));
            return true;
        });
    }

    /** Without waiting for the commit of the acceptance, which only the answer's recording needs. */
    private void listenAtOnce(RunActor actor, Run run, Attempt attempt, Executor executor) {
        try {
            listen(actor, run, attempt, executor, job(attempt));
        } catch (RuntimeException bug) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "executor " + executor.name() + " failed to watch " + attempt.key(),
                    bug);
            watch(actor, run, attempt);
        }
    }

    private void listen(RunActor actor, Run run, Attempt attempt, Executor executor, ExternalJob job) {
        // A job that has ended already is told of on this thread, which may block; any other one on a thread of the
        // executor's.
        Thread here = Thread.currentThread();
        executor.watch(job, (key, observation) -> {
            if (observation instanceof Observation.Ended ended) {
                ends.ended(actor, run, attempt, ended, Thread.currentThread() == here);
            } else if (observation instanceof Observation.Running) {
                running(actor, attempt);
            } else if (observation instanceof Observation.Described described) {
                actor.post(new PlannerEvent.JobDescribed(attempt.step(), attempt.number(), described.details()));
            }
        });
    }

    /** Costs a commit, so it is told only to who wants to know. */
    private static void running(RunActor actor, Attempt attempt) {
        if (actor.graph().step(attempt.step()).limits().startTimeout().isPresent()) {
            actor.post(new PlannerEvent.JobRunning(attempt.step(), attempt.number()));
        }
    }

    /** Asks a job to end; an attempt without one is taken out of the queue, if it is still there. */
    void cancel(RunActor actor, Attempt attempt) {
        if (attempt.job().isPresent()) {
            looking.run("cancel " + attempt.key(), actor::isLive, failures -> {
                executor(attempt).cancel(job(attempt));
                return true;
            });
        } else if (admission.withdraw(attempt.key())) {
            actor.post(new PlannerEvent.JobNotFound(attempt.step(), attempt.number()));
        }
    }

    /** From now on nothing is launched any more: whoever owns the run next does it. What is being launched goes on. */
    void launchNothing() {
        launchesNothing = true;
    }

    /** Whether an attempt waits here and has not been launched. */
    boolean holds(LaunchKey key) {
        return admission.holds(key);
    }

    /** An attempt is over, and another one may work in its place. */
    void over(RunActor actor, Attempt attempt) {
        ends.forget(attempt.key());
        boolean shared = !Demand.of(actor.graph(), attempt.step()).isNothing();
        admission.release(attempt.key(), shared);
    }

    /** A run is not this node's any more. */
    void forget(RunId run) {
        ends.forget(run);
        admission.releaseAll(run);
    }

    private Executor executor(Attempt attempt) {
        return ports.executors()
                .find(attempt.executor())
                .orElseThrow(
                        () -> new IllegalStateException("this server has no executor '" + attempt.executor() + "'"));
    }

    private static ExternalJob job(Attempt attempt) {
        return attempt.job().orElseThrow(() -> new IllegalStateException("attempt " + attempt.key() + " has no job"));
    }
}
