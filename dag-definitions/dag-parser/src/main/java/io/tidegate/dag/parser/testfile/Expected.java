package io.tidegate.dag.parser.testfile;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.text.Waits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a case expects. What is absent is not looked at.
 *
 * @param run word of the state in which the run ends
 * @param because part of the reason that the run gives
 * @param starts exactly the steps that have an attempt, in any order
 * @param alerts exactly the problems that are raised, in any order
 * @param steps by step
 */
public record Expected(
        Optional<Located<String>> run,
        Optional<Located<String>> because,
        Optional<Located<List<Located<String>>>> starts,
        Optional<Located<List<AlertRule.Event>>> alerts,
        Map<String, Located<StepExpected>> steps) {
    public static final Expected NOTHING =
            new Expected(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public Expected {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(because, "because");
        Objects.requireNonNull(starts, "starts");
        Objects.requireNonNull(alerts, "alerts");
        steps = Map.copyOf(steps);
    }

    /**
     * What is expected of a step.
     *
     * @param state word of the state in which it ends
     * @param because part of its reason, or of what its conditions or its gate said
     * @param attempts how many there are
     * @param failures why attempts failed, in order
     * @param waits how long each next attempt is waited for, in order
     * @param launch what its last attempt was launched with
     * @param decision what a refit's conditions or a gate said
     */
    public record StepExpected(
            Optional<Located<String>> state,
            Optional<Located<String>> because,
            Optional<Located<Long>> attempts,
            Optional<Located<List<StepResult.Failure>>> failures,
            Optional<Located<List<Waits>>> waits,
            LaunchExpected launch,
            DecisionExpected decision) {
        public StepExpected {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(because, "because");
            Objects.requireNonNull(attempts, "attempts");
            Objects.requireNonNull(failures, "failures");
            Objects.requireNonNull(waits, "waits");
            Objects.requireNonNull(launch, "launch");
            Objects.requireNonNull(decision, "decision");
        }
    }

    /**
     * What a program is started with.
     *
     * @param command the program and its arguments; for a Spark application its arguments
     * @param awaits what a sensor waits for
     * @param parameters parameters among those that the run of another DAG is given
     * @param environment variables among all that it gets
     * @param reads names of the partitions of each dataset that is read, oldest first
     * @param writes where the partition of each dataset lies that is written
     */
    public record LaunchExpected(
            Optional<Located<List<String>>> command,
            Optional<Located<String>> awaits,
            Map<String, Located<String>> parameters,
            Map<String, Located<String>> environment,
            Map<String, Located<List<String>>> reads,
            Map<String, Located<String>> writes) {
        static final LaunchExpected NOTHING =
                new LaunchExpected(Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of(), Map.of());

        public LaunchExpected {
            Objects.requireNonNull(command, "command");
            Objects.requireNonNull(awaits, "awaits");
            parameters = Map.copyOf(parameters);
            environment = Map.copyOf(environment);
            reads = Map.copyOf(reads);
            writes = Map.copyOf(writes);
        }
    }

    /**
     * What conditions or a gate decide.
     *
     * @param opens whether a refit opens
     * @param accepts whether a gate lets the challenger pass
     * @param rules each condition or rule, in the order declared
     */
    public record DecisionExpected(
            Optional<Located<Boolean>> opens,
            Optional<Located<Boolean>> accepts,
            Optional<Located<List<Located<RuleExpected>>>> rules) {
        static final DecisionExpected NOTHING =
                new DecisionExpected(Optional.empty(), Optional.empty(), Optional.empty());

        public DecisionExpected {
            Objects.requireNonNull(opens, "opens");
            Objects.requireNonNull(accepts, "accepts");
            Objects.requireNonNull(rules, "rules");
        }
    }

    /**
     * What one rule says.
     *
     * @param value the newest reading of a threshold
     * @param left value of the left side of a gate's rule
     * @param right value of its right side
     */
    public record RuleExpected(
            Optional<Located<Boolean>> holds,
            Optional<Located<String>> because,
            Optional<Located<Double>> value,
            Optional<Located<Double>> left,
            Optional<Located<Double>> right) {
        public RuleExpected {
            Objects.requireNonNull(holds, "holds");
            Objects.requireNonNull(because, "because");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(left, "left");
            Objects.requireNonNull(right, "right");
        }
    }
}
