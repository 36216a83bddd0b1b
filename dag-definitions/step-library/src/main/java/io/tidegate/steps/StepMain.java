package io.tidegate.steps;

import io.tidegate.steps.cleanse.CleanseStep;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.contract.StepReport;
import io.tidegate.steps.contract.StepSpecification;
import io.tidegate.steps.evaluate.EvaluateStep;
import io.tidegate.steps.ingest.IngestStep;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.StepContext;
import io.tidegate.steps.sample.SampleStep;
import io.tidegate.steps.train.TrainStep;
import io.tidegate.steps.transform.TransformStep;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The program of the built-in kinds on Spark. It reads what to do from the file named by {@code TIDEGATE_SPECIFICATION}, and reports to
 * the file named by {@code TIDEGATE_OUTPUT}. Exit code 0 means done, 1 means that the last line of standard error says why not.
 */
public final class StepMain {
    /** Session settings for which Spark's own default suits clusters; what the submit says goes before. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "spark.sql.session.timeZone", "UTC",
            "spark.sql.shuffle.partitions", "2",
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED",
            "spark.ui.enabled", "false",
            "spark.log.level", "WARN");

    private StepMain() {}

    /** Runs one attempt and ends the process. */
    public static void main(String[] arguments) {
        int exitCode = run(System.getenv(), System.err);
        boolean inCluster = "cluster".equals(System.getenv("TIDEGATE_DEPLOY_MODE"));
        // YARN takes a driver that ends its process itself for one that failed, whatever its exit code.
        if (exitCode != 0 || !inCluster) {
            System.exit(exitCode);
        }
    }

    private static int run(Map<String, String> environment, PrintStream errors) {
        String step = environment.getOrDefault("TIDEGATE_STEP", "?");
        try {
            StepSpecification specification =
                    StepSpecification.read(Path.of(variable(environment, "TIDEGATE_SPECIFICATION")));
            StepReport report = new StepReport(Path.of(variable(environment, "TIDEGATE_OUTPUT")));
            BuiltInStep program = program(specification.kind());
            SparkSession spark = session(specification);
            try {
                program.run(new StepContext(spark, specification, report));
            } finally {
                spark.stop();
            }
            return 0;
        } catch (StepFailure failure) {
            Explanation.traceOfCause(failure, errors);
            errors.println("step " + step + " failed: " + failure.getMessage());
        } catch (Exception | LinkageError | OutOfMemoryError failure) {
            failure.printStackTrace(errors);
            errors.println("step " + step + " failed: " + Explanation.of(failure));
        }
        errors.flush();
        return 1;
    }

    private static BuiltInStep program(String kind) {
        return switch (kind) {
            case "ingest" -> new IngestStep();
            case "cleanse" -> new CleanseStep();
            case "transform" -> new TransformStep();
            case "evaluate" -> new EvaluateStep();
            case "train", "refit" -> new TrainStep();
            case "sample" -> new SampleStep();
            default ->
                throw new StepFailure("there is no built-in program for steps of kind '" + kind
                        + "'; there are ingest, cleanse, transform, evaluate, train and refit");
        };
    }

    private static SparkSession session(StepSpecification specification) {
        SparkConf configuration = new SparkConf();
        boolean local = configuration.get("spark.master", "local").startsWith("local");
        if (local) {
            DEFAULTS.forEach(configuration::setIfMissing);
        } else {
            configuration.setIfMissing("spark.sql.session.timeZone", "UTC");
        }
        configuration.setIfMissing("spark.master", "local[2]");
        if (local) {
            // Elsewhere the name is the executor's, which finds the application by it.
            configuration.setAppName(
                    specification.dag() + "/" + specification.step() + " " + specification.launchKey());
        }
        return SparkSession.builder().config(configuration).getOrCreate();
    }

    private static String variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .orElseThrow(() -> new StepFailure("the environment variable " + name
                        + " is not set: this program is started by Tidegate's scheduler"));
    }
}
