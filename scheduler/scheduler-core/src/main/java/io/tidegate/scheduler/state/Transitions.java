package io.tidegate.scheduler.state;

/** The transition tables of run, step run and attempt. */
public final class Transitions {
    public static final TransitionTable<RunState, RunEvent> RUN = TransitionTable.<RunState, RunEvent>named("run")
            .on(RunState.QUEUED, RunEvent.START, RunState.RUNNING)
            .on(RunState.QUEUED, RunEvent.CANCEL, RunState.CANCELLED)
            .on(RunState.RUNNING, RunEvent.CANCEL, RunState.CANCELLING)
            .on(RunState.RUNNING, RunEvent.SUCCEED, RunState.SUCCEEDED)
            .on(RunState.RUNNING, RunEvent.FAIL, RunState.FAILED)
            .on(RunState.CANCELLING, RunEvent.END_CANCELLED, RunState.CANCELLED)
            .on(RunState.SUCCEEDED, RunEvent.RERUN, RunState.QUEUED)
            .on(RunState.FAILED, RunEvent.RERUN, RunState.QUEUED)
            .on(RunState.CANCELLED, RunEvent.RERUN, RunState.QUEUED)
            .build(RunState::isTerminal, event -> event == RunEvent.RERUN);

    public static final TransitionTable<StepState, StepEvent> STEP = TransitionTable.<StepState, StepEvent>named("step")
            .on(StepState.WAITING, StepEvent.READY, StepState.RESOLVING)
            .on(StepState.WAITING, StepEvent.SKIP, StepState.SKIPPED)
            .on(StepState.WAITING, StepEvent.UPSTREAM_FAIL, StepState.UPSTREAM_FAILED)
            .on(StepState.WAITING, StepEvent.CANCEL, StepState.CANCELLED)
            .on(StepState.RESOLVING, StepEvent.LAUNCH, StepState.RUNNING)
            .on(StepState.RESOLVING, StepEvent.COMPLETE, StepState.SUCCEEDED)
            .on(StepState.RESOLVING, StepEvent.SKIP, StepState.SKIPPED)
            .on(StepState.RESOLVING, StepEvent.FAIL, StepState.FAILED)
            .on(StepState.RESOLVING, StepEvent.CANCEL, StepState.CANCELLED)
            .on(StepState.RUNNING, StepEvent.SUCCEED, StepState.SUCCEEDED)
            .on(StepState.RUNNING, StepEvent.RETRY, StepState.RETRYING)
            .on(StepState.RUNNING, StepEvent.FAIL, StepState.FAILED)
            .on(StepState.RUNNING, StepEvent.CANCEL, StepState.CANCELLING)
            .on(StepState.RETRYING, StepEvent.READY, StepState.RESOLVING)
            .on(StepState.RETRYING, StepEvent.CANCEL, StepState.CANCELLED)
            .on(StepState.CANCELLING, StepEvent.SUCCEED, StepState.SUCCEEDED)
            .on(StepState.CANCELLING, StepEvent.END_CANCELLED, StepState.CANCELLED)
            .on(StepState.SUCCEEDED, StepEvent.RERUN, StepState.WAITING)
            .on(StepState.FAILED, StepEvent.RERUN, StepState.WAITING)
            .on(StepState.SKIPPED, StepEvent.RERUN, StepState.WAITING)
            .on(StepState.UPSTREAM_FAILED, StepEvent.RERUN, StepState.WAITING)
            .on(StepState.CANCELLED, StepEvent.RERUN, StepState.WAITING)
            .build(StepState::isTerminal, event -> event == StepEvent.RERUN);

    public static final TransitionTable<AttemptState, AttemptEvent> ATTEMPT =
            TransitionTable.<AttemptState, AttemptEvent>named("attempt")
                    .on(AttemptState.LAUNCHING, AttemptEvent.ACCEPT, AttemptState.RUNNING)
                    .on(AttemptState.LAUNCHING, AttemptEvent.REJECT, AttemptState.FAILED)
                    .on(AttemptState.LAUNCHING, AttemptEvent.LOSE_ANSWER, AttemptState.UNKNOWN)
                    .on(AttemptState.LAUNCHING, AttemptEvent.STOP, AttemptState.STOPPING)
                    .on(AttemptState.UNKNOWN, AttemptEvent.ACCEPT, AttemptState.RUNNING)
                    .on(AttemptState.UNKNOWN, AttemptEvent.REJECT, AttemptState.FAILED)
                    .on(AttemptState.UNKNOWN, AttemptEvent.STOP, AttemptState.STOPPING)
                    .on(AttemptState.RUNNING, AttemptEvent.STOP, AttemptState.STOPPING)
                    .on(AttemptState.RUNNING, AttemptEvent.SUCCEED, AttemptState.SUCCEEDED)
                    .on(AttemptState.RUNNING, AttemptEvent.FAIL, AttemptState.FAILED)
                    .on(AttemptState.STOPPING, AttemptEvent.SUCCEED, AttemptState.SUCCEEDED)
                    .on(AttemptState.STOPPING, AttemptEvent.FAIL, AttemptState.FAILED)
                    .on(AttemptState.STOPPING, AttemptEvent.END_CANCELLED, AttemptState.CANCELLED)
                    .build(AttemptState::isTerminal, event -> false);

    private Transitions() {}
}
