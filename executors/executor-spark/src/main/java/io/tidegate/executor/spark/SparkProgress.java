package io.tidegate.executor.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.spark.cluster.SparkCluster;
import java.io.IOException;
import java.util.Optional;

/** Asks a running application how far it is, through the REST API of its own pages. */
final class SparkProgress {
    private SparkProgress() {}

    /**
     * @param trackingUrl address of the application's pages
     * @return empty when it has no stages yet
     * @throws IOException when it does not answer
     */
    static Optional<JobProgress> of(SparkCluster cluster, String trackingUrl, String applicationId) throws IOException {
        return progress(cluster.page(trackingUrl, "api/v1/applications/" + applicationId + "/stages"));
    }

    static Optional<JobProgress> progress(JsonNode stages) {
        int known = 0;
        int complete = 0;
        long tasks = 0;
        long done = 0;
        for (JsonNode stage : stages) {
            String status = stage.path("status").asText();
            if (status.equals("SKIPPED")) {
                continue;
            }
            known++;
            complete += status.equals("COMPLETE") ? 1 : 0;
            tasks += stage.path("numTasks").asLong();
            done += stage.path("numCompleteTasks").asLong();
        }
        if (known == 0 || tasks == 0) {
            return Optional.empty();
        }
        return Optional.of(new JobProgress(
                Math.min(1, (double) done / tasks),
                "stage " + Math.min(known, complete + 1) + " of " + known + ", " + done + " of " + tasks + " tasks"));
    }
}
