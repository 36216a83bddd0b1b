package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.RunEvent;
import io.tidegate.scheduler.state.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides what becomes of a run when something happens to it. A pure function: the same run, events and instant give the same plan. Safe for
 * use by several threads.
 */
public final class RunPlanner {
    /** How long a finished run that was taken over waits for the command it was taken over for. */
    static final Duration IDLE = Duration.ofSeconds(30);

    private final KnownResolutions known;

    /** Answers for steps about which nothing needs to be looked up, so that they are launched with the commit that made them ready. */
    @FunctionalInterface
    public interface KnownResolutions {
        /** The step's resolution, or empty when something must be looked up. Pure. */
        Optional<Resolution> of(DagGraph graph, Run run, StepId step);
    }

    public RunPlanner(KnownResolutions known) {
        this.known = Objects.requireNonNull(known, "known");
    }

    /** What follows from one event. */
    public Plan plan(DagGraph graph, RunSnapshot snapshot, PlannerEvent event, Instant now) {
        return plan(graph, snapshot, List.of(event), now);
    }

    /**
     * What follows from several events, in order, to be written together.
     *
     * @throws IllegalStateException when the run contradicts itself, which only a bug or a hand in the database can bring about
     */
    public Plan plan(DagGraph graph, RunSnapshot snapshot, List<PlannerEvent> events, Instant now) {
        return plan(
                graph,
                snapshot,
                events.stream().map(event -> new Happening(event, now)).toList());
    }

    /**
     * What follows from several events, in order, each at its own time, to be written together.
     *
     * @param happenings at least one
     * @throws IllegalStateException when the run contradicts itself, which only a bug or a hand in the database can bring about
     */
    public Plan plan(DagGraph graph, RunSnapshot snapshot, List<Happening> happenings) {
        Draft draft = new Draft(graph, snapshot, happenings.get(0).at());
        for (Happening happening : happenings) {
            draft.isNow(happening.at());
            happen(draft, happening.event());
            new StepFlow(draft).settle();
            resolveKnown(draft);
        }
        return draft.plan();
    }

    /** A step resolved at once may end at once and make others ready, until something must be waited for. */
    private void resolveKnown(Draft draft) {
        List<StepId> ready = draft.takeResolves();
        boolean moved = true;
        while (moved && !ready.isEmpty()) {
            moved = false;
            for (StepId step : ready) {
                Optional<Resolution> resolution = known.of(draft.graph(), draft.run(), step);
                if (resolution.isPresent()) {
                    new ResolutionFlow(draft).resolved(step, resolution.get());
                    moved = true;
                } else {
                    draft.effect(new Effect.Resolve(step));
                }
            }
            new StepFlow(draft).settle();
            if (moved) {
                ready = draft.takeResolves();
            }
        }
    }

    private static void happen(Draft draft, PlannerEvent event) {
        AttemptFlow attempts = new AttemptFlow(draft);
        if (event instanceof PlannerEvent.Adopted) {
            adopt(draft, attempts);
        } else if (event instanceof PlannerEvent.StepResolved resolved) {
            new ResolutionFlow(draft).resolved(resolved.step(), resolved.resolution());
        } else if (event instanceof PlannerEvent.LaunchAccepted it) {
            going(draft, it.step(), it.attempt(), attempt -> attempts.accepted(attempt, it.job()));
        } else if (event instanceof PlannerEvent.LaunchRejected it) {
            going(draft, it.step(), it.attempt(), attempt -> attempts.rejected(attempt, it.kind(), it.message()));
        } else if (event instanceof PlannerEvent.AnswerLost it) {
            going(draft, it.step(), it.attempt(), attempt -> attempts.answerLost(attempt, it.message()));
        } else if (event instanceof PlannerEvent.JobFound it) {
            going(draft, it.step(), it.attempt(), attempt -> attempts.found(attempt, it.job()));
        } else if (event instanceof PlannerEvent.JobNotFound it) {
            going(draft, it.step(), it.attempt(), attempts::notFound);
        } else if (event instanceof PlannerEvent.JobRunning it) {
            going(draft, it.step(), it.attempt(), attempts::running);
        } else if (event instanceof PlannerEvent.JobDescribed it) {
            going(draft, it.step(), it.attempt(), attempt -> attempts.described(attempt, it.details()));
        } else if (event instanceof PlannerEvent.JobEnded it) {
            going(draft, it.step(), it.attempt(), attempt -> attempts.ended(attempt, it.ended(), it.findings()));
        } else if (event instanceof PlannerEvent.LookWanted it) {
            going(draft, it.step(), it.attempt(), attempts::lookAgain);
        } else if (event instanceof PlannerEvent.TimerFired fired) {
            fire(draft, attempts, fired.timer());
        } else if (event instanceof PlannerEvent.CommandGiven given) {
            new CommandFlow(draft).given(given);
        }
    }

    private static void going(Draft draft, StepId step, int number, Consumer<Attempt> action) {
        draft.going(step, number).ifPresent(action);
    }

    private static void fire(Draft draft, AttemptFlow attempts, Timer timer) {
        if (timer.kind() == Timer.Kind.IDLE) {
            if (draft.run().state().isTerminal()) {
                draft.release();
            }
            return;
        }
        if (timer.kind() == Timer.Kind.DEADLINE) {
            new DeadlineFlow(draft).passed(timer.step());
            return;
        }
        StepId step = timer.step().orElseThrow(() -> new IllegalArgumentException(timer + " names no step"));
        switch (timer.kind()) {
            case RETRY -> attempts.retryDue(step, timer.attempt());
            case START -> going(draft, step, timer.attempt(), attempts::startDue);
            case TIMEOUT -> going(draft, step, timer.attempt(), attempts::timedOut);
            case STOP -> going(draft, step, timer.attempt(), attempts::stopAgain);
            case LOOK -> new ResolutionFlow(draft).lookAgain(step);
            case DEADLINE, IDLE -> throw new IllegalStateException(timer + " is about no attempt");
        }
    }

    private static void adopt(Draft draft, AttemptFlow attempts) {
        RunState state = draft.run().state();
        if (state.isTerminal()) {
            draft.effect(new Effect.WakeAt(draft.now().plus(IDLE), Timer.idle()));
            return;
        }
        if (state == RunState.QUEUED) {
            draft.moveRun(RunEvent.START, "");
        }
        draft.allSteps().stream()
                .filter(step -> !draft.isExpanded(step))
                .forEach(step -> adoptStep(draft, attempts, draft.step(step)));
        new DeadlineFlow(draft).wake();
        new StepFlow(draft).considerAll();
    }

    private static void adoptStep(Draft draft, AttemptFlow attempts, StepRun step) {
        switch (step.state()) {
            case RESOLVING -> draft.effect(new Effect.Resolve(step.step()));
            case RUNNING, CANCELLING ->
                attempts.adopt(draft.attempt(step.step())
                        .filter(attempt -> !attempt.state().isTerminal())
                        .orElseThrow(() -> new IllegalStateException("step " + step.step() + " of run "
                                + draft.run().id() + " is " + step.state() + " without an attempt that is")));
            case RETRYING -> attempts.adoptRetry(step);
            case WAITING, SUCCEEDED, FAILED, SKIPPED, UPSTREAM_FAILED, CANCELLED -> {
                // Waiting steps are considered together with what they wait for; the others are done.
            }
        }
    }
}
