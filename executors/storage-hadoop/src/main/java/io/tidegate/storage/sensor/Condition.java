package io.tidegate.storage.sensor;

import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.storage.PartitionState;
import io.tidegate.storage.StorageLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a sensor waits for. Goes into the job's details and comes back from them, so that any server can go on waiting.
 *
 * @param stableFor zero when it does not matter
 * @param owner in whose name it is looked at; empty text for the server's own
 */
record Condition(StorageLocation location, boolean successFile, Duration stableFor, Duration poke, String owner) {

    /** @throws IllegalArgumentException when the data lies nowhere */
    static Condition of(LaunchRequest request, Workload.AwaitedData data) {
        return new Condition(
                new StorageLocation(data.uri()),
                data.successFile(),
                data.stableFor(),
                data.poke(),
                request.identity().owner());
    }

    /** @throws IllegalArgumentException when they are not those of a sensor */
    static Condition of(Map<String, String> details) {
        return new Condition(
                new StorageLocation(detail(details, "uri")),
                Boolean.parseBoolean(detail(details, "success_file")),
                Duration.parse(detail(details, "stable_for")),
                Duration.parse(detail(details, "poke")),
                detail(details, "owner"));
    }

    private static String detail(Map<String, String> details, String name) {
        String value = details.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a sensor's job says no '" + name + "': " + details);
        }
        return value;
    }

    Map<String, String> details() {
        return Map.of(
                "uri", location.uri(),
                "success_file", Boolean.toString(successFile),
                "stable_for", stableFor.toString(),
                "poke", poke.toString(),
                "owner", owner);
    }

    boolean isMet(PartitionState state, Instant now) {
        return state.exists()
                && (state.success() || !successFile)
                && (stableFor.isZero() || state.isStable(now, stableFor));
    }

    /** What was seen, and what of the condition it lacks. */
    String missing(PartitionState state, Instant now) {
        if (!state.exists()) {
            return state.inWords();
        }
        boolean changing = !stableFor.isZero() && !state.isStable(now, stableFor);
        return state.inWords()
                + (successFile && !state.success() ? "; waiting for _SUCCESS" : "")
                + (changing ? "; waiting until nothing has changed for " + stableFor.toSeconds() + " s" : "");
    }
}
