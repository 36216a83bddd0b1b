package io.tidegate.executor.spark.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster that runs Spark applications, asked about their drivers. Everything it is asked has a time limit of its own, so that a cluster
 * that does not answer holds nobody up for long. Implementations are safe for use by several threads.
 */
public interface SparkCluster extends AutoCloseable {
    /** What people call it, for example {@code yarn-prod}. */
    String name();

    /**
     * Spark properties of a submit: the mark by which the application is found again, that the submit does not wait for its end, and the
     * step's variables where the driver does not inherit them.
     */
    Map<String, String> properties(Submission submission);

    /** Why this cluster cannot run an application; empty when nothing speaks against it. */
    Optional<String> refusal(Submission submission);

    /**
     * What is submitted: the step's application as it is, or what starts it where the cluster would not hand it over as it is. May write
     * files beside the specification.
     *
     * @throws IOException when they cannot be written
     */
    Workload.SparkApplication submitted(Submission submission) throws IOException;

    /**
     * The application of a launch key.
     *
     * @return empty when the cluster answers that it has none
     * @throws IOException when the cluster does not answer
     */
    Optional<ClusterDriver> find(LaunchKey key) throws IOException;

    /**
     * Asks the cluster to end an application. One that has ended stays as it ended.
     *
     * @throws IOException when the cluster does not answer
     */
    void kill(ClusterDriver driver) throws IOException;

    /**
     * Everything with this installation's mark, and what has our form and no installation's mark.
     *
     * @throws IOException when the cluster does not answer
     */
    List<ClusterDriver> list() throws IOException;

    /**
     * What the driver has written, from a byte on.
     *
     * @param maximumBytes most bytes returned
     * @return empty when there is nothing yet, or no more
     * @throws IOException when it cannot be read
     */
    byte[] read(ClusterDriver driver, DriverFile file, long offset, int maximumBytes) throws IOException;

    /**
     * One of the JSON pages that an application of this cluster serves while it runs.
     *
     * @param trackingUrl what {@link ClusterDriver#TRACKING_URL} says
     * @param path of the page, without a slash before it
     * @return a missing node when there is no such page
     * @throws IOException when it does not answer
     */
    JsonNode page(String trackingUrl, String path) throws IOException;

    /** Lets go of connections. */
    @Override
    void close();

    /** A file of the driver. */
    enum DriverFile {
        /** Its standard error. */
        ERRORS,
        /** Its standard output. */
        OUTPUT,
        /** The step's report, where it does not lie in the attempt's folder already. */
        REPORT
    }
}
