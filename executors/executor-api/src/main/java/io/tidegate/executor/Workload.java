package io.tidegate.executor;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.OutputReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is started, or waited for, with every template rendered and every relative path resolved. */
public sealed interface Workload {
    /**
     * A program with its arguments; no shell reads them.
     *
     * @param arguments the program first
     */
    record CommandLine(List<String> arguments) implements Workload {
        public CommandLine {
            arguments = List.copyOf(arguments);
            if (arguments.isEmpty()) {
                throw new IllegalArgumentException("a command line needs at least a program");
            }
        }
    }

    /**
     * A Spark application.
     *
     * @param application absolute path or URI of a jar or Python file
     * @param mainClass class with the main method; empty text for Python
     * @param arguments the application's arguments
     * @param jars further jars on its class path
     */
    record SparkApplication(String application, String mainClass, List<String> arguments, List<String> jars)
            implements Workload {
        public SparkApplication {
            Objects.requireNonNull(application, "application");
            Objects.requireNonNull(mainClass, "mainClass");
            arguments = List.copyOf(arguments);
            jars = List.copyOf(jars);
        }
    }

    /**
     * A custom resource of Kubernetes, whose controller does the work.
     *
     * @param manifest maps, lists, text, numbers and booleans, without name and namespace
     * @param end what its status says of the end
     * @param logs labels of the pods whose log is the attempt's; none when no log is kept
     * @param keep whether it stays in the cluster when it has succeeded or failed
     */
    record CustomResource(Map<String, Object> manifest, End end, Map<String, String> logs, boolean keep)
            implements Workload {
        public CustomResource {
            Objects.requireNonNull(manifest, "manifest");
            Objects.requireNonNull(end, "end");
            logs = Map.copyOf(logs);
        }

        /**
         * Expressions in CEL over {@code object}, the resource as the cluster has it.
         *
         * @param succeedsWhen true once the work is done
         * @param failsWhen true once it has failed; looked at first
         * @param message text that says why it failed
         */
        public record End(String succeedsWhen, Optional<String> failsWhen, Optional<String> message) {
            public End {
                Objects.requireNonNull(succeedsWhen, "succeedsWhen");
                Objects.requireNonNull(failsWhen, "failsWhen");
                Objects.requireNonNull(message, "message");
            }
        }
    }

    /**
     * A run of another DAG.
     *
     * @param parameters what the run is given, by the names that the DAG declares
     * @param takes values that steps of the run report, by the names under which the attempt reports them
     * @param waits whether the attempt ends with the run; else it has succeeded once the run is there
     */
    record SubRun(DagId dag, Map<String, String> parameters, Map<String, OutputReference> takes, boolean waits)
            implements Workload {
        public SubRun {
            Objects.requireNonNull(dag, "dag");
            parameters = Map.copyOf(parameters);
            takes = Map.copyOf(takes);
        }
    }

    /**
     * Data that is waited for; no program is started.
     *
     * @param uri where it lies: an absolute path or a URI
     * @param successFile whether a file {@code _SUCCESS} must be there
     * @param stableFor for how long nothing of it may have changed; zero when that does not matter
     * @param poke the pause between two looks
     */
    record AwaitedData(String uri, boolean successFile, Duration stableFor, Duration poke) implements Workload {
        public AwaitedData {
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(stableFor, "stableFor");
            Objects.requireNonNull(poke, "poke");
        }
    }

    /**
     * Something else that is waited for; no program is started.
     *
     * @param what who can look for it: {@code sql}, {@code http}, {@code dag} or {@code time}
     * @param subject what it is, for people
     * @param condition what exactly, in names that whoever looks understands
     * @param poke the pause between two looks
     */
    record Awaited(String what, String subject, Map<String, String> condition, Duration poke) implements Workload {
        public Awaited {
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(subject, "subject");
            condition = Map.copyOf(condition);
            Objects.requireNonNull(poke, "poke");
        }
    }
}
