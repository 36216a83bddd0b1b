package io.tidegate.executor;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A warning that a cluster gives of an attempt's job, such as that no node takes its pod.
 *
 * @param time when it was given last
 * @param reason the cluster's own word: {@code FailedScheduling}
 * @param message a sentence of the cluster's
 * @param count how often it was given
 */
public record JobEvent(Instant time, String reason, String message, int count) {
    /** The detail of {@link Observation.Described} that holds the newest warnings, as {@link #write} has them. */
    public static final String DETAIL = "events";

    private static final int LONGEST = 500;

    /** Reason and message become one line each, the message cut after 500 characters. */
    public JobEvent {
        Objects.requireNonNull(time, "time");
        reason = line(reason);
        message = line(message);
    }

    private static String line(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }

    /** As the text of a detail: a line for each. */
    public static String write(List<JobEvent> events) {
        return events.stream()
                .map(event -> event.time + "\t" + event.count + "\t" + event.reason + "\t" + event.message)
                .collect(Collectors.joining("\n"));
    }

    /** The warnings among a job's details; what cannot be read is left out. */
    public static List<JobEvent> of(Map<String, String> details) {
        return details.getOrDefault(DETAIL, "")
                .lines()
                .map(JobEvent::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<JobEvent> read(String line) {
        String[] parts = line.split("\t", 4);
        try {
            return parts.length < 4
                    ? Optional.empty()
                    : Optional.of(
                            new JobEvent(Instant.parse(parts[0]), parts[2], parts[3], Integer.parseInt(parts[1])));
        } catch (DateTimeException | NumberFormatException malformed) {
            return Optional.empty();
        }
    }
}
