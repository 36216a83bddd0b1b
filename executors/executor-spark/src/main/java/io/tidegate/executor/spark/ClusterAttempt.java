package io.tidegate.executor.spark;

import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.process.AttemptFolder;
import io.tidegate.executor.process.ProcessExecutor;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.SparkCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One attempt as its cluster and its folder show it.
 *
 * @param limit most bytes of log that are kept
 */
record ClusterAttempt(LaunchKey key, SparkCluster cluster, ProcessExecutor processes, long limit) {
    private static final int MOST_BYTES_OF_SUBMIT_LOG = 256 << 10;

    /**
     * The application, as the cluster says.
     *
     * @throws IOException when the cluster does not answer
     */
    Optional<ClusterDriver> driver() throws IOException {
        return cluster.find(key);
    }

    private String submitLog() {
        try {
            return new String(processes.output(key).readLog(0, MOST_BYTES_OF_SUBMIT_LOG), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** The last words of the submit, for messages. */
    String lastLineOfSubmit() {
        return submitLog()
                .lines()
                .filter(line -> !line.isBlank())
                .filter(line -> !line.startsWith("\tat "))
                .reduce((earlier, later) -> later)
                .orElse("it printed nothing");
    }

    DriverMirror mirror() {
        return new DriverMirror(folder(), limit);
    }

    AttemptFolder folder() {
        return processes.folder(key);
    }

    /** How the submit ended as a process; absent while it runs. */
    Optional<Observation.Ended> submitEnd() throws IOException {
        return processes.end(key);
    }
}
