package io.tidegate.scheduler.plan;

import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.pool.Demand;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows when a ready step's needs were looked up: launch, skip, publish or fail. */
final class ResolutionFlow {
    /** How long a step that is held waits before it is looked at again. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Draft draft;

    ResolutionFlow(Draft draft) {
        this.draft = draft;
    }

    void resolved(StepId step, Resolution resolution) {
        if (draft.step(step).state() != StepState.RESOLVING) {
            return;
        }
        if (resolution instanceof Resolution.Launch launch) {
            launch(step, launch.work().with(draft.step(step).item()));
        } else if (resolution instanceof Resolution.Expand expand) {
            new ItemFlow(draft).expand(step, expand.items());
        } else if (resolution instanceof Resolution.Skip skip) {
            StepRun skipped = draft.moveStep(step, StepEvent.SKIP, skip.reason());
            StepRun.Findings was = skipped.findings();
            draft.put(skipped.withFindings(new StepRun.Findings(was.failure(), skip.reading(), was.verdict())));
        } else if (resolution instanceof Resolution.Publish publish) {
            publish(step, publish.verdict());
        } else if (resolution instanceof Resolution.Hold hold) {
            hold(step, hold.reason());
        } else if (resolution instanceof Resolution.Fail fail) {
            StepRun failed = draft.moveStep(step, StepEvent.FAIL, fail.reason());
            draft.put(failed.withFailure(FailureKind.USER));
        }
    }

    /** The reason is written when it changes, and not with each look. */
    private void hold(StepId id, String reason) {
        StepRun step = draft.step(id);
        if (!step.reason().equals(reason)) {
            draft.put(step.in(step.state(), reason));
        }
        draft.effect(new Effect.WakeAt(draft.now().plus(LOOK_AGAIN), Timer.of(Timer.Kind.LOOK, id, step.attempts())));
    }

    void lookAgain(StepId step) {
        if (draft.step(step).state() == StepState.RESOLVING) {
            draft.effect(new Effect.Resolve(step));
        }
    }

    private void launch(StepId id, ResolvedWork work) {
        StepRun.Timing before = draft.step(id).timing();
        StepRun running = draft.moveStep(id, StepEvent.LAUNCH, "").withNextAttempt();
        StepRun.Findings was = running.findings();
        Optional<Instant> started = before.startedAt().or(() -> Optional.of(draft.now()));
        draft.put(running.withTiming(new StepRun.Timing(started, Optional.empty(), Optional.empty()))
                .withFindings(new StepRun.Findings(was.failure(), work.reading(), was.verdict())));
        Attempt attempt = new Attempt(
                id,
                running.attempts(),
                LaunchKeys.of(draft.run(), id, running.attempts()),
                draft.graph().step(id).execution().executor().executorName(),
                Optional.empty(),
                AttemptState.LAUNCHING,
                Attempt.Outcome.created(draft.now()));
        draft.put(attempt);
        draft.tell(attempt);
        Demand demand = Demand.of(draft.graph(), id);
        if (!demand.isNothing()) {
            draft.change(new Change.PlacesRequested(attempt, demand));
        }
        draft.effect(new Effect.Launch(attempt, Optional.of(work), running.item()));
    }

    private void publish(StepId step, GateVerdict verdict) {
        ModelName model = draft.graph().step(step).work().model().orElseThrow();
        StepRun done = draft.moveStep(step, StepEvent.COMPLETE, verdict.explanation());
        StepRun.Timing timing = done.timing();
        StepRun.Findings was = done.findings();
        draft.put(done.withTiming(new StepRun.Timing(Optional.of(draft.now()), timing.finishedAt(), Optional.empty()))
                .withFindings(new StepRun.Findings(was.failure(), was.reading(), Optional.of(verdict))));
        draft.change(new Change.PublicationDecided(model, step, verdict, draft.now()));
        if (verdict.accepted()) {
            draft.effect(new Effect.Publish(model));
        }
    }
}
