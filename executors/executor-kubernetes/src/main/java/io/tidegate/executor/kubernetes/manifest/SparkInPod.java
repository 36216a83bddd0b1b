package io.tidegate.executor.kubernetes.manifest;

import io.tidegate.executor.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Spark application within one pod: driver and executors are one process of the image that {@code deploy/images/spark} makes, which holds Spark and
 * the built-in programs. Everything else is expected where the server has it, on a folder that the pod mounts.
 */
final class SparkInPod {
    private static final String SUBMIT = "/opt/spark/bin/spark-submit";
    private static final Path OWN_JARS = Path.of("/opt/tidegate");
    private static final String BUILT_IN = "tidegate-step-library.jar";

    private SparkInPod() {}

    /** The command that runs it on all processors that the container may use. */
    static List<String> command(Workload.SparkApplication application) {
        List<String> command = new ArrayList<>(List.of(SUBMIT, "--master", "local[*]"));
        if (!application.mainClass().isEmpty()) {
            command.addAll(List.of("--class", application.mainClass()));
        }
        if (!application.jars().isEmpty()) {
            command.addAll(List.of("--jars", String.join(",", application.jars())));
        }
        command.add(inImage(application.application()));
        command.addAll(application.arguments());
        return command;
    }

    private static String inImage(String application) {
        Path file = Path.of(application).getFileName();
        return file != null && file.toString().equals(BUILT_IN)
                ? OWN_JARS.resolve(file).toString()
                : application;
    }
}
