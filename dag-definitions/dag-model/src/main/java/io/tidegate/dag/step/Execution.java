package io.tidegate.dag.step;

import io.tidegate.dag.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where and how a step is run.
 *
 * @param program what is started
 * @param executor who starts it
 * @param environment variables added to the step's environment; never the ones Tidegate sets
 * @param returns values that the program must report, by name
 */
public record Execution(
        Program program,
        ExecutorSettings executor,
        Map<String, Template> environment,
        Map<String, OutputType> returns) {
    public Execution {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(executor, "executor");
        environment = Map.copyOf(environment);
        returns = Map.copyOf(returns);
    }

    /** A program that need not report any values. */
    public Execution(Program program, ExecutorSettings executor, Map<String, Template> environment) {
        this(program, executor, environment, Map.of());
    }

    /** What is started. */
    public sealed interface Program {}

    /** The built-in program of the step's kind, from the step library. */
    public record BuiltIn() implements Program {}

    /** A command of the author's: an argument list that no shell ever reads. */
    public record Command(List<Template> arguments) implements Program {
        public Command {
            arguments = List.copyOf(arguments);
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException("a command needs at least the program's name");
            }
        }
    }

    /**
     * A Spark application of the author's.
     *
     * @param application jar or Python file, relative to the DAG's folder
     * @param mainClass class with the main method; empty text for Python
     * @param arguments the application's arguments
     */
    public record SparkApplication(String application, String mainClass, List<Template> arguments) implements Program {
        public SparkApplication {
            Objects.requireNonNull(application, "application");
            Objects.requireNonNull(mainClass, "mainClass");
            arguments = List.copyOf(arguments);
        }
    }
}
