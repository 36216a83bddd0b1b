package io.tidegate.server.openlineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DatasetFacets;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunFacetsBuilder;
import io.tidegate.scheduler.change.Change.LineageEvent;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews.AttemptView;
import io.tidegate.scheduler.view.RunViews.Summary;
import io.tidegate.scheduler.view.RunViews.UseView;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Builds OpenLineage 2-0-2 run events from what is known of an attempt. Safe for use by several threads. */
final class LineageEvents {
    private static final String ENGINE = "Tidegate";
    private static final int LONGEST_MESSAGE = 2000;

    private final RunQueries runs;
    private final String namespace;
    private final String version;
    private final OpenLineage model;
    private final URI producer;

    /**
     * @param namespace of jobs
     * @param version of Tidegate
     */
    LineageEvents(RunQueries runs, String namespace, String version) {
        this.runs = Objects.requireNonNull(runs, "runs");
        this.namespace = Objects.requireNonNull(namespace, "namespace");
        this.version = Objects.requireNonNull(version, "version");
        this.producer = URI.create("https://tidegate.io/tidegate/" + version);
        this.model = new OpenLineage(producer);
    }

    /**
     * The event, or empty when the run or the attempt is not known any more.
     *
     * @param announcedAt when it was put into the outbox
     */
    Optional<RunEvent> event(LineageReference reference, Instant announcedAt) {
        Optional<Summary> run = runs.run(reference.run());
        Optional<AttemptView> attempt = runs.attempts(reference.run(), reference.step()).stream()
                .filter(view -> view.number() == reference.attempt())
                .findFirst();
        if (run.isEmpty() || attempt.isEmpty()) {
            return Optional.empty();
        }
        Summary summary = run.orElseThrow();
        List<UseView> uses = reference.event() == LineageEvent.START
                ? List.of()
                : runs.uses(reference.run(), reference.step()).stream()
                        .filter(use -> use.attempt() == reference.attempt())
                        .toList();
        return Optional.of(model.newRunEventBuilder()
                .eventTime(time(reference.event(), attempt.orElseThrow(), announcedAt))
                .eventType(RunEvent.EventType.valueOf(reference.event().name()))
                .run(model.newRun(reference.runId(), runFacets(reference, summary, attempt.orElseThrow())))
                .job(job(reference, summary))
                .inputs(inputs(summary.dag(), uses))
                .outputs(outputs(summary.dag(), uses))
                .build());
    }

    private static ZonedDateTime time(LineageEvent event, AttemptView attempt, Instant announcedAt) {
        Optional<Instant> known = event == LineageEvent.START ? attempt.startedAt() : attempt.finishedAt();
        return known.orElse(announcedAt).atZone(ZoneOffset.UTC);
    }

    private OpenLineage.Job job(LineageReference reference, Summary run) {
        return model.newJob(
                namespace,
                run.dag() + "." + reference.step(),
                model.newJobFacetsBuilder()
                        .jobType(model.newJobTypeJobFacet("BATCH", ENGINE.toUpperCase(Locale.ROOT), "STEP", null))
                        .build());
    }

    private OpenLineage.RunFacets runFacets(LineageReference reference, Summary run, AttemptView attempt) {
        RunFacetsBuilder facets = model.newRunFacetsBuilder();
        facets.parent(model.newParentRunFacetBuilder()
                .run(model.newParentRunFacetRunBuilder()
                        .runId(reference.run().value())
                        .build())
                .job(model.newParentRunFacetJobBuilder()
                        .namespace(namespace)
                        .name(run.dag())
                        .build())
                .build());
        facets.processing_engine(model.newProcessingEngineRunFacet(version, ENGINE, version));
        run.interval()
                .ifPresent(interval -> facets.nominalTime(model.newNominalTimeRunFacet(
                        interval.start().atZone(ZoneOffset.UTC), interval.end().atZone(ZoneOffset.UTC))));
        if (reference.event() == LineageEvent.FAIL) {
            facets.errorMessage(model.newErrorMessageRunFacet(problem(attempt), "unknown", null));
        }
        return facets.build();
    }

    private static String problem(AttemptView attempt) {
        String kind = attempt.failure()
                .map(failure -> failure.name().toLowerCase(Locale.ROOT))
                .orElse("unknown");
        String text = attempt.message().isEmpty() ? "failed, kind " + kind : attempt.message();
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
    }

    private List<InputDataset> inputs(String dag, List<UseView> uses) {
        return uses.stream()
                .filter(use -> use.direction().equalsIgnoreCase("read"))
                .map(use -> {
                    DatasetIdentity identity = DatasetIdentity.of(use.uri());
                    return model.newInputDataset(identity.namespace(), identity.name(), facets(dag, use), null);
                })
                .toList();
    }

    private List<OutputDataset> outputs(String dag, List<UseView> uses) {
        return uses.stream()
                .filter(use -> use.direction().equalsIgnoreCase("write"))
                .map(use -> {
                    DatasetIdentity identity = DatasetIdentity.of(use.uri());
                    return model.newOutputDataset(
                            identity.namespace(), identity.name(), facets(dag, use), written(use));
                })
                .toList();
    }

    private OpenLineage.OutputDatasetOutputFacets written(UseView use) {
        if (use.rows().isEmpty() && use.bytes().isEmpty()) {
            return null;
        }
        return model.newOutputDatasetOutputFacetsBuilder()
                .outputStatistics(model.newOutputStatisticsOutputDatasetFacet(
                        use.rows().orElse(null), use.bytes().orElse(null), null))
                .build();
    }

    private DatasetFacets facets(String dag, UseView use) {
        var facets = model.newDatasetFacetsBuilder();
        source(use.uri())
                .ifPresent(uri -> facets.dataSource(model.newDatasourceDatasetFacet(
                        DatasetIdentity.of(use.uri()).namespace(), uri)));
        use.fingerprint().ifPresent(print -> facets.version(model.newDatasetVersionDatasetFacet(print)));
        String logicalName = dag + "." + use.dataset();
        facets.symlinks(model.newSymlinksDatasetFacet(
                List.of(model.newSymlinksDatasetFacetIdentifiers(namespace, logicalName, "TABLE"))));
        facets.put(DataClassFacet.NAME, DataClassFacet.of(producer, dag, use));
        return facets.build();
    }

    private static Optional<URI> source(String uri) {
        try {
            return Optional.of(uri.startsWith("/") ? new URI("file", null, uri, null) : new URI(uri));
        } catch (URISyntaxException e) {
            // The facet is left out: what cannot be an address says nothing as one.
            return Optional.empty();
        }
    }
}
