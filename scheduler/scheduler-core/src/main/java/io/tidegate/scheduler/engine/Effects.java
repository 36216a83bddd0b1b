package io.tidegate.scheduler.engine;

import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.plan.Effect;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.StoreUnavailableException;

/** Carries out what the planner decided, once it is committed. Called on lanes: everything that may take time goes to other threads. */
final class Effects {
    private static final System.Logger LOG = System.getLogger(Effects.class.getName());

    private final StepResolver resolver;
    private final Dispatcher dispatcher;
    private final Retrier retrier;
    private final ChampionPointers champions;
    private final RunStore runs;
    private final Runnable afterRelease;

    /**
     * @param afterRelease called when a run was given back, because another one may start in its place
     */
    Effects(
            StepResolver resolver,
            Dispatcher dispatcher,
            Retrier retrier,
            ChampionPointers champions,
            RunStore runs,
            Runnable afterRelease) {
        this.resolver = resolver;
        this.dispatcher = dispatcher;
        this.retrier = retrier;
        this.champions = champions;
        this.runs = runs;
        this.afterRelease = afterRelease;
    }

    void carryOut(RunActor actor, Run run, Effect effect) {
        if (effect instanceof Effect.Resolve resolve) {
            resolve(actor, run, resolve.step());
        } else if (effect instanceof Effect.Launch launch) {
            dispatcher.launch(actor, run, launch);
        } else if (effect instanceof Effect.Find find) {
            dispatcher.find(actor, run, find.attempt());
        } else if (effect instanceof Effect.Watch watch) {
            dispatcher.watch(actor, run, watch.attempt());
        } else if (effect instanceof Effect.Cancel cancel) {
            dispatcher.cancel(actor, cancel.attempt());
        } else if (effect instanceof Effect.WakeAt wake) {
            actor.wakeUps().set(wake, () -> actor.post(new PlannerEvent.TimerFired(wake.timer())));
        } else if (effect instanceof Effect.Publish publish) {
            publish(publish.model());
        } else if (effect instanceof Effect.ReleaseRun) {
            // The commit has given it back.
            actor.drop();
            afterRelease.run();
        }
    }

    /** An attempt is over. */
    void over(RunActor actor, Attempt attempt) {
        actor.wakeUps().over(attempt.step(), attempt.number());
        dispatcher.over(actor, attempt);
    }

    /** Whether an attempt waits on this server and has not been launched. */
    boolean holds(LaunchKey key) {
        return dispatcher.holds(key);
    }

    /** A run is not this node's any more. */
    void forget(RunId run) {
        dispatcher.forget(run);
    }

    private void resolve(RunActor actor, Run run, StepId step) {
        retrier.run("look up what step " + step + " of run " + run.id() + " needs", actor::isLive, failures -> {
            actor.post(new PlannerEvent.StepResolved(step, resolution(actor, run, step)));
            return true;
        });
    }

    /** A bug in looking things up fails the step, where people see it, rather than leave it waiting. */
    private Resolution resolution(RunActor actor, Run run, StepId step) {
        try {
            return resolver.resolve(actor.graph(), run, step);
        } catch (StoreUnavailableException outage) {
            throw outage;
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "step " + step + " of run " + run.id() + " could not be looked up", bug);
            return new Resolution.Fail(
                    "the scheduler could not look up what the step needs; its log says more: " + bug.getMessage());
        }
    }

    /** Wanted even if the run is dropped: the champion has changed for good. */
    private void publish(ModelName model) {
        retrier.run("point to the champion of " + model, () -> true, failures -> {
            champions.refresh(model);
            return true;
        });
    }

    /** Gives a run that goes on to whoever takes it. */
    void release(RunActor actor) {
        actor.drop();
        retrier.run("give run " + actor.id() + " back", () -> true, failures -> {
            runs.release(actor.id(), actor.fence());
            afterRelease.run();
            return true;
        });
    }
}
