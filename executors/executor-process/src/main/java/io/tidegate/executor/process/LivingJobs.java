package io.tidegate.executor.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this machine itself says of the attempts of one executor: every process that carries a launch key whose folder is among our
 * attempts. Children that outlived their attempt are seen, too; folders of attempts that are over are not looked at.
 */
record LivingJobs(String executor, InstallationId installation, Attempts attempts, ProcessTable table) {
    private static final String LOCAL = "local";
    private static final ObjectMapper JSON = new ObjectMapper();

    ClusterListing list() {
        try {
            List<ListedJob> jobs = new ArrayList<>();
            for (Map.Entry<LaunchKey, Set<String>> living : table.livingKeys().entrySet()) {
                boolean marked = living.getValue().stream().anyMatch(installation::isMark);
                if (marked || living.getValue().isEmpty()) {
                    listed(living.getKey(), marked).ifPresent(jobs::add);
                }
            }
            return ClusterListing.of(LOCAL, jobs);
        } catch (IOException | UncheckedIOException e) {
            return ClusterListing.unknown(LOCAL, "cannot look at the processes of this machine: " + e);
        }
    }

    /** Empty for attempts of another executor or another server, which have folders elsewhere. */
    private Optional<ListedJob> listed(LaunchKey key, boolean marked) throws IOException {
        AttemptFolder folder = attempts.folder(key);
        Optional<ExternalJob> job = attempts.job(key);
        if (job.isEmpty() || !Files.exists(folder.intent())) {
            return Optional.empty();
        }
        JsonNode intent = JSON.readTree(folder.intent().toFile());
        if (!executor.equals(intent.path("executor").asText())) {
            return Optional.empty();
        }
        String phase = attempts.status(key).phase() == Attempts.Phase.RUNNING ? "running" : "ended, processes left";
        return Optional.of(new ListedJob(
                job.get(),
                phase,
                true,
                marked,
                instant(intent.path("launchedAt").asText())));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
