package io.tidegate.scheduler.plan;

import io.tidegate.dag.step.Retries;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.Change.LineageEvent;
import io.tidegate.scheduler.plan.PlannerEvent.Findings;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.AttemptEvent;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.StepEvent;
import io.tidegate.scheduler.state.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What follows from what executors and timers say of an attempt. */
final class AttemptFlow {
    /** How long a job that was asked to end may take before it is looked for and asked again. */
    static final Duration STOP_AGAIN = Duration.ofMinutes(1);

    private static final String RUNNING_SINCE = "running_since";

    private final Draft draft;

    AttemptFlow(Draft draft) {
        this.draft = draft;
    }

    void accepted(Attempt attempt, ExternalJob job) {
        if (attempt.state() == AttemptState.STOPPING) {
            stopLate(attempt, job);
        } else if (attempt.state() != AttemptState.RUNNING) {
            begin(attempt, job);
        }
    }

    void rejected(Attempt attempt, FailureKind kind, String message) {
        if (attempt.state() != AttemptState.RUNNING) {
            failed(attempt, Observation.Ended.lost(message), kind, Findings.NONE);
        }
    }

    void answerLost(Attempt attempt, String message) {
        if (attempt.state() == AttemptState.LAUNCHING) {
            Attempt unknown = draft.moveAttempt(attempt, AttemptEvent.LOSE_ANSWER, saying(attempt, message));
            draft.effect(new Effect.Find(unknown));
        } else if (attempt.state() == AttemptState.STOPPING && attempt.job().isEmpty()) {
            draft.effect(new Effect.Find(attempt));
        }
    }

    void found(Attempt attempt, ExternalJob job) {
        switch (attempt.state()) {
            case LAUNCHING, UNKNOWN -> draft.effect(new Effect.Watch(begin(attempt, job)));
            case RUNNING -> draft.effect(new Effect.Watch(attempt));
            case STOPPING -> {
                draft.effect(new Effect.Watch(attempt.withJob(job)));
                stopLate(attempt, job);
            }
            case SUCCEEDED, FAILED, CANCELLED ->
                throw new IllegalStateException("attempt " + attempt.key() + " is over");
        }
    }

    void notFound(Attempt attempt) {
        switch (attempt.state()) {
            // The intent was written and nothing came of it: the launch is what is missing, not the job.
            case LAUNCHING ->
                draft.effect(new Effect.Launch(
                        attempt, Optional.empty(), draft.step(attempt.step()).item()));
            case UNKNOWN ->
                failed(
                        attempt,
                        Observation.Ended.lost("the launch got no answer, and no job was started"),
                        FailureKind.PLATFORM,
                        Findings.NONE);
            case RUNNING, STOPPING -> {
                String gone = "executor " + attempt.executor() + " knows no job of the attempt any more";
                failed(attempt, Observation.Ended.lost(gone), FailureKind.LOST, Findings.NONE);
            }
            case SUCCEEDED, FAILED, CANCELLED ->
                throw new IllegalStateException("attempt " + attempt.key() + " is over");
        }
    }

    /** A job is on record before it is watched, so that there is something to add to. */
    void described(Attempt attempt, Map<String, String> details) {
        attempt.job()
                .map(job -> job.described(details))
                .filter(job -> !job.equals(attempt.job().orElseThrow()))
                .ifPresent(job -> draft.put(attempt.withJob(job)));
        StepRun step = draft.step(attempt.step());
        Optional.ofNullable(details.get(Observation.Described.REASON))
                .filter(reason -> attempt.state() == AttemptState.RUNNING && !reason.equals(step.reason()))
                .ifPresent(reason -> draft.put(step.in(step.state(), reason)));
    }

    /** That the program runs is kept with the job, so that the next owner of the run knows it as well. */
    void running(Attempt attempt) {
        if (startTimeout(attempt).isPresent() && !hasStarted(attempt)) {
            attempt.job()
                    .map(job -> job.described(Map.of(RUNNING_SINCE, draft.now().toString())))
                    .ifPresent(job -> draft.put(attempt.withJob(job)));
        }
    }

    /** A job that its cluster has not started in time is given up; whose fault that is, the author's it is not. */
    void startDue(Attempt attempt) {
        Optional<Instant> due = startTimeout(attempt)
                .flatMap(wait -> attempt.outcome().startedAt().map(accepted -> accepted.plus(wait)));
        if (attempt.state() != AttemptState.RUNNING || due.isEmpty() || hasStarted(attempt)) {
            return;
        }
        if (draft.now().isBefore(due.get())) {
            draft.effect(new Effect.WakeAt(due.get(), Timer.of(Timer.Kind.START, attempt.step(), attempt.number())));
        } else {
            String waited = text(startTimeout(attempt).orElseThrow());
            stop(attempt, Optional.of(FailureKind.PLATFORM), "did not start within its start_timeout of " + waited);
        }
    }

    void ended(Attempt attempt, Observation.Ended ended, Findings findings) {
        if (attempt.state() != AttemptState.RUNNING && attempt.state() != AttemptState.STOPPING) {
            return; // Somebody else's watch was faster than the answer to our launch: finding the job tells again.
        }
        if (ended.failure().isPresent()) {
            failed(attempt, ended, ended.failure().get(), findings);
            return;
        }
        if (isMarked(attempt)) {
            // A person has said what the step counts as: what its attempt made after all counts for nothing.
            Attempt over = draft.moveAttempt(
                    attempt,
                    AttemptEvent.END_CANCELLED,
                    attempt.outcome()
                            .finished(
                                    draft.now(),
                                    ended.exitCode(),
                                    Optional.empty(),
                                    attempt.outcome().message()));
            announce(over, LineageEvent.ABORT);
            endMarked(attempt.step());
            return;
        }
        Step step = draft.graph().step(attempt.step());
        Optional<String> broken = Returns.problem(step.execution().returns(), findings.report())
                .or(() -> Quality.problem(step, findings.report()));
        if (broken.isPresent()) {
            Observation.Ended refused =
                    Observation.Ended.failed(FailureKind.USER, ended.exitCode().orElse(0), broken.get());
            failed(attempt, refused, FailureKind.USER, findings);
            return;
        }
        Attempt over = draft.moveAttempt(
                attempt,
                AttemptEvent.SUCCEED,
                attempt.outcome().finished(draft.now(), ended.exitCode(), Optional.empty(), ""));
        draft.moveStep(attempt.step(), StepEvent.SUCCEED, "");
        take(over, findings);
        announce(over, LineageEvent.COMPLETE);
    }

    void timedOut(Attempt attempt) {
        Optional<Instant> due = attempt.outcome().startedAt().map(started -> started.plus(timeout(attempt)));
        if (attempt.state() != AttemptState.RUNNING || due.isEmpty()) {
            return;
        }
        if (draft.now().isBefore(due.get())) {
            // The clock was put back, or the timer was a moment too fast: nobody else would ask again.
            draft.effect(new Effect.WakeAt(due.get(), Timer.of(Timer.Kind.TIMEOUT, attempt.step(), attempt.number())));
            return;
        }
        stop(attempt, Optional.of(FailureKind.TIMEOUT), "ran longer than its timeout of " + text(timeout(attempt)));
    }

    /** Asks the job to end. What is heard first, its end or its success, counts. */
    void stop(Attempt attempt, Optional<FailureKind> why, String message) {
        Attempt stopping = attempt.state() == AttemptState.STOPPING
                ? attempt
                : draft.moveAttempt(
                        attempt, AttemptEvent.STOP, attempt.outcome().stopping(why, message));
        draft.effect(new Effect.Cancel(stopping));
        draft.effect(new Effect.WakeAt(
                draft.now().plus(STOP_AGAIN), Timer.of(Timer.Kind.STOP, attempt.step(), attempt.number())));
    }

    /** Finding the job tells its end again, and not finding it says that it is lost. */
    void lookAgain(Attempt attempt) {
        if (attempt.state() == AttemptState.RUNNING || attempt.state() == AttemptState.STOPPING) {
            draft.effect(new Effect.Find(attempt));
        }
    }

    void stopAgain(Attempt attempt) {
        if (attempt.state() == AttemptState.STOPPING) {
            draft.effect(new Effect.Find(attempt));
            draft.effect(new Effect.WakeAt(
                    draft.now().plus(STOP_AGAIN), Timer.of(Timer.Kind.STOP, attempt.step(), attempt.number())));
        }
    }

    void retryDue(StepId id, int attempt) {
        StepRun step = draft.step(id);
        if (step.state() != StepState.RETRYING || step.attempts() != attempt) {
            return;
        }
        draft.moveStep(id, StepEvent.READY, "");
        draft.effect(new Effect.Resolve(id));
    }

    /** Goes on waiting for a retry, never longer than a retry ever waits: the clock of the server that set its instant may have been wrong. */
    void adoptRetry(StepRun step) {
        Duration longest = draft.graph().step(step.step()).limits().retries().longestBackoff();
        Instant latest = draft.now().plus(longest);
        Instant asked = step.timing().nextAttemptAt().orElse(draft.now());
        Instant due = asked.isAfter(latest) ? latest : asked;
        draft.effect(new Effect.WakeAt(due, Timer.of(Timer.Kind.RETRY, step.step(), step.attempts())));
    }

    /** Takes an attempt over from before a restart. */
    void adopt(Attempt attempt) {
        draft.effect(new Effect.Find(attempt));
        if (attempt.state() == AttemptState.RUNNING) {
            wakeAtTimeout(attempt);
        } else if (attempt.state() == AttemptState.STOPPING) {
            draft.effect(new Effect.WakeAt(
                    draft.now().plus(STOP_AGAIN), Timer.of(Timer.Kind.STOP, attempt.step(), attempt.number())));
        }
    }

    private Attempt begin(Attempt attempt, ExternalJob job) {
        Attempt running = draft.moveAttempt(
                attempt.withJob(job), AttemptEvent.ACCEPT, saying(attempt, "").started(draft.now()));
        announce(running, LineageEvent.START);
        wakeAtTimeout(running);
        return running;
    }

    private void stopLate(Attempt attempt, ExternalJob job) {
        Attempt known = attempt.withJob(job);
        if (!known.equals(attempt)) {
            draft.put(known);
        }
        draft.effect(new Effect.Cancel(known));
    }

    private void wakeAtTimeout(Attempt attempt) {
        Instant started = attempt.outcome().startedAt().orElse(draft.now());
        draft.effect(new Effect.WakeAt(
                started.plus(timeout(attempt)), Timer.of(Timer.Kind.TIMEOUT, attempt.step(), attempt.number())));
        startTimeout(attempt)
                .filter(wait -> !hasStarted(attempt))
                .ifPresent(wait -> draft.effect(new Effect.WakeAt(
                        started.plus(wait), Timer.of(Timer.Kind.START, attempt.step(), attempt.number()))));
    }

    private Optional<Duration> startTimeout(Attempt attempt) {
        return draft.graph().step(attempt.step()).limits().startTimeout();
    }

    private static boolean hasStarted(Attempt attempt) {
        return attempt.job()
                .filter(job -> job.details().containsKey(RUNNING_SINCE))
                .isPresent();
    }

    private Duration timeout(Attempt attempt) {
        return draft.graph().step(attempt.step()).limits().timeout();
    }

    /** Ends an attempt that did not succeed; a reason for which it was being stopped counts before what was seen of its end. */
    private void failed(Attempt attempt, Observation.Ended ended, FailureKind seen, Findings findings) {
        boolean cancelled = attempt.state() == AttemptState.STOPPING
                && attempt.outcome().failure().isEmpty();
        FailureKind kind = attempt.outcome().failure().orElse(seen);
        String message =
                attempt.state() == AttemptState.STOPPING ? attempt.outcome().message() : ended.message();
        Optional<FailureKind> failure = cancelled ? Optional.empty() : Optional.of(kind);
        Attempt over = draft.moveAttempt(
                attempt,
                endEvent(attempt.state(), cancelled),
                attempt.outcome().finished(draft.now(), ended.exitCode(), failure, message));
        announce(over, cancelled ? LineageEvent.ABORT : LineageEvent.FAIL);
        if (isMarked(attempt)) {
            endMarked(attempt.step());
            return;
        }
        take(over, withoutProducts(findings));
        if (draft.step(attempt.step()).state() == StepState.CANCELLING) {
            draft.moveStep(
                    attempt.step(),
                    StepEvent.END_CANCELLED,
                    draft.step(attempt.step()).reason());
        } else {
            retryOrFail(over, kind, message, ended.exitCode());
        }
    }

    private boolean isMarked(Attempt attempt) {
        StepRun step = draft.step(attempt.step());
        return step.state() == StepState.CANCELLING && step.findings().mark().isPresent();
    }

    private void endMarked(StepId step) {
        draft.moveStep(step, StepEvent.END_CANCELLED, draft.step(step).reason());
        new MarkFlow(draft).settle(step);
    }

    private static AttemptEvent endEvent(AttemptState state, boolean cancelled) {
        return switch (state) {
            case LAUNCHING, UNKNOWN -> AttemptEvent.REJECT;
            case RUNNING -> AttemptEvent.FAIL;
            case STOPPING -> cancelled ? AttemptEvent.END_CANCELLED : AttemptEvent.FAIL;
            case SUCCEEDED, FAILED, CANCELLED -> throw new IllegalStateException("an attempt that is over cannot end");
        };
    }

    private void retryOrFail(Attempt attempt, FailureKind kind, String message, OptionalInt exitCode) {
        Retries retries = draft.graph().step(attempt.step()).limits().retries();
        StepRun failed = draft.step(attempt.step()).withFailure(kind);
        draft.put(failed);
        String why = message.isEmpty() ? "failed" + exit(exitCode) : message;
        if (!RetryRule.allows(retries, failed, kind)) {
            draft.moveStep(attempt.step(), StepEvent.FAIL, why);
            return;
        }
        if (!RetryRule.isWorthIt(retries, kind, exitCode)) {
            String code = exitCode.isPresent() ? "exit code " + exitCode.getAsInt() : "an end without exit code";
            draft.moveStep(attempt.step(), StepEvent.FAIL, why + "; not tried again after " + code);
            return;
        }
        Instant due = draft.now().plus(RetryRule.backoff(retries, failed, attempt.key()));
        String count = "retry " + failed.spent().get(kind) + " of " + RetryRule.budget(retries, kind);
        StepRun retrying = draft.moveStep(attempt.step(), StepEvent.RETRY, why + "; " + count + " comes next");
        draft.put(retrying.withTiming(
                new StepRun.Timing(retrying.timing().startedAt(), Optional.empty(), Optional.of(due))));
        draft.effect(new Effect.WakeAt(due, Timer.of(Timer.Kind.RETRY, attempt.step(), attempt.number())));
    }

    private void take(Attempt attempt, Findings findings) {
        boolean succeeded = attempt.state() == AttemptState.SUCCEEDED;
        if (succeeded || !findings.report().equals(StepReport.EMPTY)) {
            draft.change(new Change.ReportTaken(
                    attempt.step(),
                    attempt.number(),
                    findings.report(),
                    findings.uses(),
                    findings.models(),
                    draft.run().version().hash(),
                    draft.now()));
        }
    }

    /** What a failed attempt measured counts, what it made does not: nobody may build on it. */
    private static Findings withoutProducts(Findings findings) {
        StepReport all = findings.report();
        StepReport kept =
                new StepReport(all.metrics(), all.parameters(), Map.of(), List.of(), List.of(), all.problems());
        return new Findings(kept, List.of(), findings.models());
    }

    private void announce(Attempt attempt, LineageEvent event) {
        if (attempt.outcome().startedAt().isPresent()) {
            draft.change(new Change.LineageAnnounced(attempt.step(), attempt.number(), event, draft.now()));
        }
    }

    private static Attempt.Outcome saying(Attempt attempt, String message) {
        return attempt.outcome().stopping(attempt.outcome().failure(), message);
    }

    private static String exit(OptionalInt code) {
        return code.isPresent() ? " with exit code " + code.getAsInt() : "";
    }

    static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
