package io.tidegate.dag.parser.condition;

import io.tidegate.condition.ValueType;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.step.OutputType;
import io.tidegate.dag.step.StepId;
import java.util.Objects;

/** A name that a condition may use, and what it stands for. */
public sealed interface Variable {
    /** What it holds. */
    ValueType type();

    /** A parameter of the run. */
    record OfParameter(Parameter parameter) implements Variable {
        public OfParameter {
            Objects.requireNonNull(parameter, "parameter");
        }

        @Override
        public ValueType type() {
            return switch (parameter.type()) {
                case STRING, DATE, ENUM, SECRET -> ValueType.STRING;
                case INTEGER -> ValueType.INTEGER;
                case NUMBER -> ValueType.NUMBER;
                case BOOLEAN -> ValueType.BOOLEAN;
                case DURATION -> ValueType.DURATION;
                case LIST -> ValueType.LIST;
            };
        }
    }

    /** Something of the run's data interval. */
    enum OfInterval implements Variable {
        START(ValueType.TIMESTAMP),
        END(ValueType.TIMESTAMP),
        PARTITION(ValueType.STRING);

        private final ValueType type;

        OfInterval(ValueType type) {
            this.type = type;
        }

        @Override
        public ValueType type() {
            return type;
        }
    }

    /** One value that a step reports by its declaration. */
    record OfOutput(StepId step, String name, OutputType declared) implements Variable {
        public OfOutput {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(declared, "declared");
        }

        @Override
        public ValueType type() {
            return switch (declared) {
                case STRING -> ValueType.STRING;
                case INTEGER -> ValueType.INTEGER;
                case NUMBER -> ValueType.NUMBER;
                case BOOLEAN -> ValueType.BOOLEAN;
                case LIST -> ValueType.LIST;
                case MAP -> ValueType.MAP;
            };
        }
    }

    /** All values of a step that declares none: what is there is seen when the condition is evaluated. */
    record OfOutputs(StepId step) implements Variable {
        public OfOutputs {
            Objects.requireNonNull(step, "step");
        }

        @Override
        public ValueType type() {
            return ValueType.MAP;
        }
    }

    /** The metrics that a step reported without a slice, by name. */
    record OfMetrics(StepId step) implements Variable {
        public OfMetrics {
            Objects.requireNonNull(step, "step");
        }

        @Override
        public ValueType type() {
            return ValueType.MAP;
        }
    }
}
