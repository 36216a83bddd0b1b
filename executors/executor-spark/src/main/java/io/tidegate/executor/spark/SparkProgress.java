package io.tidegate.executor.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.spark.cluster.Pages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a running application how far it is, through the REST API of its own pages. */
final class SparkProgress {
    private static final String PAGE_OF_MASTER = "/app/?appId=";
    private static final Pattern OWN_PAGES = Pattern.compile("<a href=\"([^\"]+)\">Application Detail UI</a>");
    private static final int MOST_BYTES_OF_PAGE = 1 << 20;

    private final Pages pages = new Pages();

    /**
     * @param trackingUrl address of the application's pages
     * @return empty when it has no stages yet
     * @throws IOException when it does not answer
     */
    Optional<JobProgress> of(String trackingUrl, String applicationId) throws IOException {
        Optional<String> own = ownPages(trackingUrl);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        String base = own.get().endsWith("/") ? own.get() : own.get() + "/";
        JsonNode stages = pages.json(base + "api/v1/applications/" + applicationId + "/stages");
        return progress(stages);
    }

    /** A standalone master's page of an application names the application's own pages while it runs; other pages are those already. */
    private Optional<String> ownPages(String trackingUrl) throws IOException {
        if (!trackingUrl.contains(PAGE_OF_MASTER)) {
            return Optional.of(trackingUrl);
        }
        URI page = Pages.uri(trackingUrl);
        Matcher link = OWN_PAGES.matcher(
                new String(pages.get(HttpRequest.newBuilder(page), 0, MOST_BYTES_OF_PAGE), StandardCharsets.UTF_8));
        return link.find() ? Optional.of(page.resolve(Pages.uri(link.group(1))).toString()) : Optional.empty();
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
