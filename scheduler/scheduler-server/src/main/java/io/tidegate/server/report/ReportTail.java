package io.tidegate.server.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.progress.ReportedProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The newest line of progress near the end of what a running attempt has reported, through the API or in its file. Lines that make no
 * sense are passed over: they are told of when the attempt has ended. Thread-safe.
 */
public final class ReportTail implements ReportedProgress {
    private static final int MOST_BYTES = 64 << 10;
    private static final int LONGEST_MESSAGE = 200;
    private static final String WORD = "progress";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiReports api;

    public ReportTail(ApiReports api) {
        this.api = api;
    }

    @Override
    public Optional<JobProgress> of(LaunchKey key, AttemptOutput output) throws IOException {
        try (InputStream lines = api.open(key)) {
            Optional<JobProgress> told = newest(lines);
            if (told.isPresent()) {
                return told;
            }
        }
        try (InputStream lines = output.report()) {
            return newest(lines);
        }
    }

    private static Optional<JobProgress> newest(InputStream report) throws IOException {
        // Files tell how much there is; what does not is read from its beginning, and is short.
        report.skipNBytes(Math.max(0, report.available() - MOST_BYTES));
        String tail = new String(report.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        List<String> lines = tail.lines().filter(line -> line.contains(WORD)).toList();
        for (int index = lines.size() - 1; index >= 0; index--) {
            Optional<JobProgress> progress = progress(lines.get(index));
            if (progress.isPresent()) {
                return progress;
            }
        }
        return Optional.empty();
    }

    /** The first line may be cut at its beginning and the last one at its end, and then neither is JSON. */
    private static Optional<JobProgress> progress(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            double fraction = node.path("fraction").asDouble(-1);
            boolean wellFormed = node.path("type").asText().equals(WORD) && fraction >= 0 && fraction <= 1;
            String message = node.path("message").asText("");
            return wellFormed
                    ? Optional.of(new JobProgress(
                            fraction, message.substring(0, Math.min(LONGEST_MESSAGE, message.length()))))
                    : Optional.empty();
        } catch (JsonProcessingException notOne) {
            return Optional.empty();
        }
    }
}
