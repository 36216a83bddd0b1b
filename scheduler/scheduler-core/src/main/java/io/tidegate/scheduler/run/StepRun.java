package io.tidegate.scheduler.run;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.threshold.ThresholdReading;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A step inside a run.
 *
 * @param reason why it stands where it stands, for people; empty text when there is nothing to say
 * @param attempts how many attempts there were, over all reruns
 * @param spent failures by kind since the step was last made to wait, held against its retries
 * @param timing when it began, ended, is due again
 * @param findings what decided its fate
 * @param item JSON values of an item by the names that templates have for them; empty for what is no item
 */
public record StepRun(
        StepId step,
        StepState state,
        String reason,
        int attempts,
        Map<FailureKind, Integer> spent,
        Timing timing,
        Findings findings,
        Map<String, String> item) {
    /** The name under which an item's values say where it stands in its list. */
    public static final String ITEM_INDEX = "item.index";

    /**
     * @param startedAt when its first attempt since it was last made to wait was launched
     * @param nextAttemptAt when the next attempt is due, in state RETRYING
     */
    public record Timing(Optional<Instant> startedAt, Optional<Instant> finishedAt, Optional<Instant> nextAttemptAt) {
        public static final Timing NONE = new Timing(Optional.empty(), Optional.empty(), Optional.empty());

        public Timing {
            Objects.requireNonNull(startedAt, "startedAt");
            Objects.requireNonNull(finishedAt, "finishedAt");
            Objects.requireNonNull(nextAttemptAt, "nextAttemptAt");
        }
    }

    /**
     * @param failure kind of the last failure
     * @param reading what a refit step's conditions read
     * @param verdict what a publish step's gate said
     * @param mark what a person said of its end; in state CANCELLING, what it is to count as once its attempt has ended
     */
    public record Findings(
            Optional<FailureKind> failure,
            Optional<ThresholdReading> reading,
            Optional<GateVerdict> verdict,
            Optional<Mark> mark) {
        public static final Findings NONE = new Findings(Optional.empty(), Optional.empty(), Optional.empty());

        public Findings {
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(reading, "reading");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(mark, "mark");
        }

        /** Findings of a step that nobody marked. */
        public Findings(
                Optional<FailureKind> failure, Optional<ThresholdReading> reading, Optional<GateVerdict> verdict) {
            this(failure, reading, verdict, Optional.empty());
        }
    }

    public StepRun {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        spent = Map.copyOf(spent);
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(findings, "findings");
        item = Map.copyOf(item);
    }

    /** Where an item stands in its list, from 0 on; 0 for what is no item. */
    public int itemIndex() {
        return Integer.parseInt(item.getOrDefault(ITEM_INDEX, "0"));
    }

    /** A step that is no item. */
    public StepRun(
            StepId step,
            StepState state,
            String reason,
            int attempts,
            Map<FailureKind, Integer> spent,
            Timing timing,
            Findings findings) {
        this(step, state, reason, attempts, spent, timing, findings, Map.of());
    }

    /** A step that waits and has not been tried. */
    public static StepRun waiting(StepId step) {
        return new StepRun(step, StepState.WAITING, "", 0, Map.of(), Timing.NONE, Findings.NONE);
    }

    /** The same step in another state. */
    public StepRun in(StepState next, String why) {
        return new StepRun(step, next, why, attempts, spent, timing, findings, item);
    }

    public StepRun withTiming(Timing next) {
        return new StepRun(step, state, reason, attempts, spent, next, findings, item);
    }

    public StepRun withFindings(Findings next) {
        return new StepRun(step, state, reason, attempts, spent, timing, next, item);
    }

    public StepRun withItem(Map<String, String> values) {
        return new StepRun(step, state, reason, attempts, spent, timing, findings, values);
    }

    /** The same step with one more attempt. */
    public StepRun withNextAttempt() {
        return new StepRun(step, state, reason, attempts + 1, spent, timing, findings, item);
    }

    /** The same step with one more failure of the kind. */
    public StepRun withFailure(FailureKind kind) {
        Map<FailureKind, Integer> counted = new HashMap<>(spent);
        counted.merge(kind, 1, Integer::sum);
        Findings found = new Findings(Optional.of(kind), findings.reading(), findings.verdict());
        return new StepRun(step, state, reason, attempts, counted, timing, found, item);
    }

    /** The same step with a person's word on its end, beside which a failure counts no longer. */
    public StepRun withMark(Mark mark) {
        return withFindings(new Findings(Optional.empty(), findings.reading(), findings.verdict(), Optional.of(mark)));
    }

    /** As if it had never been tried, except that its attempts go on counting. */
    public StepRun again() {
        return new StepRun(step, StepState.WAITING, "", attempts, Map.of(), Timing.NONE, Findings.NONE, item);
    }
}
