package io.tidegate.dag.step;

import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.GateRule;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.name.DagReference;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a step does: one record for each kind, with that kind's fields and no others. */
public sealed interface Work {
    StepKind kind();

    /** The model the step trains, evaluates or publishes. */
    default Optional<ModelName> model() {
        return Optional.empty();
    }

    /**
     * Lands raw data.
     *
     * @param source where from, for the built-in ingest; absent when the step has a command of its own
     */
    record Ingest(Optional<Source> source) implements Work {
        @Override
        public StepKind kind() {
            return StepKind.INGEST;
        }
    }

    /**
     * @param uri file or folder that is read
     * @param format for example {@code parquet}
     * @param timeColumn column that says to which interval a row belongs
     */
    record Source(Template uri, String format, String timeColumn) {
        public Source {
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(format, "format");
            Objects.requireNonNull(timeColumn, "timeColumn");
        }
    }

    /**
     * Parts good rows from bad ones.
     *
     * @param rules the rules file, relative to the DAG's folder; absent when the step has a command of its own
     * @param quality bounds on metrics that must hold, else the step fails and blocks what follows
     */
    record Cleanse(Optional<String> rules, Map<String, Bound> quality) implements Work {
        public Cleanse {
            quality = Map.copyOf(quality);
        }

        @Override
        public StepKind kind() {
            return StepKind.CLEANSE;
        }
    }

    /**
     * @param transformation class name of a transformation; absent when the step has a command of its own
     */
    record Transform(Optional<String> transformation) implements Work {
        @Override
        public StepKind kind() {
            return StepKind.TRANSFORM;
        }
    }

    /**
     * @param metrics names of the metrics to log
     */
    record Evaluate(ModelName modelName, List<String> metrics) implements Work {
        public Evaluate {
            Objects.requireNonNull(modelName, "modelName");
            metrics = List.copyOf(metrics);
        }

        @Override
        public StepKind kind() {
            return StepKind.EVALUATE;
        }

        @Override
        public Optional<ModelName> model() {
            return Optional.of(modelName);
        }
    }

    /**
     * How a model version comes to be.
     *
     * @param trainer class name of a trainer; absent when the step has a command of its own
     * @param holdout the last stretch of the interval that is not trained on: challenger and champion are compared there
     */
    record Training(ModelName model, Optional<String> trainer, Duration holdout) {
        public Training {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(trainer, "trainer");
            Objects.requireNonNull(holdout, "holdout");
        }
    }

    /** Trains whenever it runs. */
    record Train(Training training) implements Work {
        @Override
        public StepKind kind() {
            return StepKind.TRAIN;
        }

        @Override
        public Optional<ModelName> model() {
            return Optional.of(training.model());
        }
    }

    /** Trains when a condition opens it. */
    record Refit(Training training, OpenCondition openWhen) implements Work {
        public Refit {
            Objects.requireNonNull(training, "training");
            Objects.requireNonNull(openWhen, "openWhen");
        }

        @Override
        public StepKind kind() {
            return StepKind.REFIT;
        }

        @Override
        public Optional<ModelName> model() {
            return Optional.of(training.model());
        }
    }

    /**
     * @param gate rules that must all hold
     */
    record Publish(ModelName modelName, List<GateRule> gate) implements Work {
        public Publish {
            Objects.requireNonNull(modelName, "modelName");
            gate = List.copyOf(gate);
        }

        @Override
        public StepKind kind() {
            return StepKind.PUBLISH;
        }

        @Override
        public Optional<ModelName> model() {
            return Optional.of(modelName);
        }
    }

    /**
     * Waits until data is there: the partition of the step's one output, or a place of no dataset.
     *
     * @param path the place; absent for a partition
     * @param successFile whether a file {@code _SUCCESS} must be there
     * @param stableFor for how long nothing may have changed; absent when that does not matter
     * @param poke how long to wait between two looks
     */
    record Sensor(Optional<Template> path, boolean successFile, Optional<Duration> stableFor, Duration poke)
            implements Work {
        public static final Duration USUAL_POKE = Duration.ofSeconds(30);

        public Sensor {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(stableFor, "stableFor");
            if (poke.isNegative() || poke.isZero()) {
                throw new IllegalArgumentException("a pause between looks must be positive, not " + poke);
            }
        }

        @Override
        public StepKind kind() {
            return StepKind.SENSOR;
        }
    }

    /**
     * Waits for what is no file.
     *
     * @param poke how long to wait between two looks
     */
    record Wait(Awaited what, Duration poke) implements Work {
        public Wait {
            Objects.requireNonNull(what, "what");
            if (poke.isNegative() || poke.isZero()) {
                throw new IllegalArgumentException("a pause between looks must be positive, not " + poke);
            }
        }

        @Override
        public StepKind kind() {
            return StepKind.SENSOR;
        }
    }

    /**
     * Creates a custom resource of Kubernetes, waits until its controller says how it ended, and deletes it.
     *
     * @param manifest what is created
     * @param end what its status says of the end
     * @param logs labels of the pods whose log is the step's; none when no log is kept
     * @param keep whether it stays in the cluster when the step has ended
     */
    record Resource(Manifest manifest, ResourceEnd end, Map<String, Template> logs, boolean keep) implements Work {
        public Resource {
            Objects.requireNonNull(manifest, "manifest");
            Objects.requireNonNull(end, "end");
            logs = Map.copyOf(logs);
        }

        @Override
        public StepKind kind() {
            return StepKind.RESOURCE;
        }
    }

    /** A Kubernetes object as its author wrote it. */
    sealed interface Manifest {}

    /**
     * A manifest in the DAG file.
     *
     * @param fields maps, lists, text, numbers and booleans; text may hold templates
     */
    record InlineManifest(Map<String, Object> fields) implements Manifest {
        public InlineManifest {
            Objects.requireNonNull(fields, "fields");
        }
    }

    /** @param path a file with one YAML document, relative to the DAG's folder */
    record ManifestFile(String path) implements Manifest {
        public ManifestFile {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * How a resource says that it has ended: expressions in CEL over {@code object}, the resource as the cluster has it.
     *
     * @param succeedsWhen true once the work is done
     * @param failsWhen true once it has failed; looked at first
     * @param message text that says why it failed
     */
    record ResourceEnd(String succeedsWhen, Optional<String> failsWhen, Optional<String> message) {
        public ResourceEnd {
            Objects.requireNonNull(succeedsWhen, "succeedsWhen");
            Objects.requireNonNull(failsWhen, "failsWhen");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * Runs another DAG.
     *
     * @param dag which
     * @param parameters what its run is given, by the names that it declares
     * @param takes values that steps of that run reported, by the names under which this step reports them
     * @param waits whether the step ends with that run; else it has succeeded once that run is there
     */
    record SubDag(DagReference dag, Map<String, Template> parameters, Map<String, OutputReference> takes, boolean waits)
            implements Work {
        public SubDag {
            Objects.requireNonNull(dag, "dag");
            parameters = Map.copyOf(parameters);
            takes = Map.copyOf(takes);
        }

        @Override
        public StepKind kind() {
            return StepKind.DAG;
        }
    }

    /** Runs a command of the author's. */
    record Task() implements Work {
        @Override
        public StepKind kind() {
            return StepKind.TASK;
        }
    }
}
