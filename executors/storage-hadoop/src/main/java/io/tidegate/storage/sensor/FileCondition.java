package io.tidegate.storage.sensor;

import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.Workload;
import io.tidegate.storage.PartitionState;
import io.tidegate.storage.StorageLocation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Files that a sensor waits for.
 *
 * @param stableFor zero when it does not matter
 * @param owner in whose name it is looked at; empty text for the server's own
 */
record FileCondition(StorageLocation location, boolean successFile, Duration stableFor, Duration poke, String owner)
        implements Condition {

    /** @throws IllegalArgumentException when the data lies nowhere */
    static FileCondition of(LaunchRequest request, Workload.AwaitedData data) {
        return new FileCondition(
                new StorageLocation(data.uri()),
                data.successFile(),
                data.stableFor(),
                data.poke(),
                request.identity().owner());
    }

    /** @throws IllegalArgumentException when they are not those of a sensor */
    static FileCondition of(Map<String, String> details) {
        return new FileCondition(
                new StorageLocation(detail(details, "uri")),
                Boolean.parseBoolean(detail(details, "success_file")),
                Duration.parse(detail(details, "stable_for")),
                Duration.parse(detail(details, "poke")),
                detail(details, "owner"));
    }

    private static String detail(Map<String, String> details, String name) {
        return Condition.detail(details, name);
    }

    @Override
    public String subject() {
        return location.uri();
    }

    @Override
    public Probe.Sighting look(Looks looks, Instant now) throws IOException {
        PartitionState state = looks.storages().of(owner).look(location);
        return new Probe.Sighting(isMet(state, now), isMet(state, now) ? state.inWords() : missing(state, now));
    }

    @Override
    public Map<String, String> details() {
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
