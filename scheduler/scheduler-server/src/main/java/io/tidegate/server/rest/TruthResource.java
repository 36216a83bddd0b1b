package io.tidegate.server.rest;

import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.InstallationId;
import io.tidegate.scheduler.truth.BookedAttempt;
import io.tidegate.scheduler.truth.TruthReport;
import io.tidegate.scheduler.truth.TruthRow;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What we say of attempts beside what the machines and clusters that run them say. */
@Path("/truth")
@Produces(MediaType.APPLICATION_JSON)
public final class TruthResource {
    private final InstallationId installation;
    private final Supplier<TruthReport> look;

    /**
     * @param installation which Tidegate says so
     * @param look asks every cluster now
     */
    TruthResource(InstallationId installation, Supplier<TruthReport> look) {
        this.installation = installation;
        this.look = look;
    }

    /**
     * Both sides at one look.
     *
     * @param installation what our jobs are marked with
     */
    public record Truth(
            String installation,
            Instant lookedAt,
            long disagreements,
            List<Cluster> clusters,
            List<Attempt> attempts) {}

    /** Somebody who was asked. */
    public record Cluster(String executor, String cluster, int jobs, Optional<String> problem) {}

    /** Both sides of one attempt or job. */
    public record Attempt(
            String launchKey,
            String executor,
            Optional<String> cluster,
            Optional<Ours> ours,
            Optional<Theirs> theirs,
            String verdict,
            String explanation,
            Instant since) {}

    /** What our books say. */
    public record Ours(String dag, String run, String step, int attempt, String state) {}

    /** What the cluster says. */
    public record Theirs(
            String externalId, String phase, boolean active, Optional<Instant> since, Map<String, String> details) {}

    @GET
    public Truth truth() {
        TruthReport report = look.get();
        return new Truth(
                installation.value(),
                report.lookedAt(),
                report.disagreements(),
                report.clusters().stream()
                        .map(asked -> new Cluster(asked.executor(), asked.cluster(), asked.jobs(), asked.problem()))
                        .toList(),
                report.rows().stream().map(TruthResource::attempt).toList());
    }

    private static Attempt attempt(TruthRow row) {
        return new Attempt(
                row.key().value(),
                row.executor(),
                Optional.of(row.cluster()).filter(name -> !name.isEmpty()),
                row.ours().map(TruthResource::ours),
                row.theirs().map(TruthResource::theirs),
                lower(row.verdict()),
                row.verdict().sentence(),
                row.since());
    }

    private static Ours ours(BookedAttempt attempt) {
        return new Ours(
                attempt.dag().value(),
                attempt.run().toString(),
                attempt.step().value(),
                attempt.number(),
                lower(attempt.state()));
    }

    private static Theirs theirs(ListedJob listed) {
        return new Theirs(
                listed.job().externalId(),
                listed.phase(),
                listed.active(),
                listed.since(),
                listed.job().details());
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
