package io.tidegate.server.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.alerts.delivery.Deliverer;
import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.Outbox.Message;
import io.tidegate.scheduler.store.Outbox.Topic;
import io.tidegate.scheduler.view.RunViews.AttemptView;
import io.tidegate.scheduler.view.RunViews.Interval;
import io.tidegate.scheduler.view.RunViews.Summary;
import io.tidegate.scheduler.view.RunViews.UseView;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageDelivererTest {
    private static final String RUN = "01900000-0000-7000-8000-000000000001";
    private static final Instant START = Instant.parse("2001-03-05T05:00:00Z");
    private static final Instant BEGAN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant ENDED = BEGAN.plusSeconds(9);

    @TempDir
    private Path folder;

    private final KnownAttempts runs = new KnownAttempts(summary(), attempt(), uses());
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private volatile int status = 201;
    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/api/v1/lineage", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    @Test
    void aCompletedAttemptTellsWhatItReadAndWrote() throws DeliveryException, IOException {
        http().deliver(message("COMPLETE"));
        assertThat(keys).containsExactly("Bearer s3cret");
        JsonNode event = new ObjectMapper().readTree(bodies.get(0));
        assertThat(event.path("eventType").asText()).isEqualTo("COMPLETE");
        assertThat(event.path("eventTime").asText()).isEqualTo("2026-11-21T10:00:09Z");
        assertThat(event.path("schemaURL").asText())
                .isEqualTo("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
        assertThat(event.at("/job/namespace").asText()).isEqualTo("flights");
        assertThat(event.at("/job/name").asText()).isEqualTo("late-arrivals.cleanse");
        assertThat(event.at("/job/facets/jobType/integration").asText()).isEqualTo("TIDEGATE");
        assertThat(event.at("/run/facets/parent/run/runId").asText()).isEqualTo(RUN);
        assertThat(event.at("/run/facets/parent/job/name").asText()).isEqualTo("late-arrivals");
        assertThat(event.at("/run/facets/nominalTime/nominalStartTime").asText())
                .isEqualTo("2001-03-05T05:00:00Z");
        assertThat(event.at("/run/facets/errorMessage").isMissingNode()).isTrue();
        assertThat(event.at("/inputs")).hasSize(1);
        assertThat(event.at("/inputs/0/namespace").asText()).isEqualTo("s3://landing");
        assertThat(event.at("/inputs/0/name").asText()).isEqualTo("flights/interval=2001-03-05");
        assertThat(event.at("/inputs/0/facets/version/datasetVersion").asText()).isEqualTo("sha256:abc");
        assertThat(event.at("/inputs/0/facets/symlinks/identifiers/0/name").asText())
                .isEqualTo("late-arrivals.raw_flights");
        JsonNode output = event.at("/outputs/0");
        assertThat(output.path("namespace").asText()).isEqualTo("file");
        assertThat(output.path("name").asText()).isEqualTo("/data/my flights/clean");
        assertThat(output.at("/facets/dataSource/uri").asText()).isEqualTo("file:/data/my%20flights/clean");
        assertThat(output.at("/outputFacets/outputStatistics/rowCount").asLong())
                .isEqualTo(115_000);
        assertThat(output.at("/outputFacets/outputStatistics/size").asLong()).isEqualTo(2_000_000);
    }

    @Test
    void theDataClassTravelsInAFacetWithADocumentedSchema() throws DeliveryException, IOException {
        http().deliver(message("COMPLETE"));
        JsonNode facet = new ObjectMapper().readTree(bodies.get(0)).at("/outputs/0/facets/tidegate_dataClass");
        assertThat(facet.path("dataClass").asText()).isEqualTo("deterministic");
        JsonNode schema =
                new ObjectMapper().readTree(LineageDeliverer.class.getResourceAsStream("DataClassDatasetFacet.json"));
        assertThat(facet.path("_schemaURL").asText())
                .startsWith(schema.path("$id").asText() + "#/$defs/");
        JsonNode declared = schema.at("/$defs/DataClassDatasetFacet/allOf/1");
        declared.path("required")
                .forEach(field ->
                        assertThat(facet.path(field.asText()).isTextual()).isTrue());
        facet.fieldNames()
                .forEachRemaining(field -> assertThat(field.startsWith("_")
                                || declared.path("properties").has(field))
                        .as(field)
                        .isTrue());
    }

    @Test
    void aFailedAttemptTellsWhy() throws DeliveryException, IOException {
        http().deliver(message("FAIL"));
        JsonNode event = new ObjectMapper().readTree(bodies.get(0));
        assertThat(event.at("/run/facets/errorMessage/message").asText()).isEqualTo("exit code 1");
    }

    @Test
    void everyEventIsReadByTheLibraryAndBelongsToTheSameRun() throws DeliveryException {
        Deliverer deliverer = http();
        for (String type : List.of("START", "COMPLETE", "FAIL", "ABORT")) {
            deliverer.deliver(message(type));
        }
        List<OpenLineage.RunEvent> events =
                bodies.stream().map(OpenLineageClientUtils::runEventFromJson).toList();
        assertThat(events)
                .extracting(event -> event.getEventType().name())
                .containsExactly("START", "COMPLETE", "FAIL", "ABORT");
        UUID runId = events.get(0).getRun().getRunId();
        assertThat(events).allMatch(event -> event.getRun().getRunId().equals(runId));
        assertThat(events.get(0).getInputs()).isEmpty();
        assertThat(events.get(0).getEventTime().toInstant()).isEqualTo(BEGAN);
    }

    @Test
    void aBusyReceiverIsTriedAgainAndARefusalIsNot() {
        status = 503;
        assertThat(refused(message("COMPLETE")).isPermanent()).isFalse();
        status = 422;
        assertThat(refused(message("COMPLETE")).isPermanent()).isTrue();
        assertThat(refused(new Message(1, Topic.LINEAGE, "", "nonsense", "complete", ENDED, 0))
                        .isPermanent())
                .isTrue();
        assertThat(refused(new Message(1, Topic.LINEAGE, "", RUN + "/cleanse/9/COMPLETE", "complete", ENDED, 0)))
                .hasMessageContaining("not known any more");
    }

    @Test
    void aFileGetsOneEventALineEvenAfterALineThatWasCutShort() throws DeliveryException, IOException {
        Path file = folder.resolve("lineage/events.jsonl");
        Deliverer deliverer = LineageDeliverer.of(
                Optional.of(new ConfigurationFile.OpenLineage(
                        Optional.empty(), Optional.of(file.toString()), Optional.empty())),
                runs,
                name -> Optional.empty());
        deliverer.deliver(message("START"));
        Files.writeString(file, "{\"cut", StandardOpenOption.APPEND);
        deliverer.deliver(message("COMPLETE"));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(OpenLineageClientUtils.runEventFromJson(lines.get(0))
                        .getJob()
                        .getNamespace())
                .isEqualTo("tidegate");
        assertThat(OpenLineageClientUtils.runEventFromJson(lines.get(2)).getOutputs())
                .hasSize(1);
    }

    @Test
    void aFileThatCannotBeWrittenIsTriedAgain() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "x");
        Deliverer deliverer = LineageDeliverer.of(
                Optional.of(new ConfigurationFile.OpenLineage(
                        Optional.empty(),
                        Optional.of(notAFolder.resolve("events").toString()),
                        Optional.empty())),
                runs,
                name -> Optional.empty());
        DeliveryException problem =
                catchThrowableOfType(DeliveryException.class, () -> deliverer.deliver(message("COMPLETE")));
        assertThat(problem.isPermanent()).isFalse();
    }

    @Test
    void withoutAReceiverMessagesAreLetGoAndAWrongAddressIsNamed() throws DeliveryException {
        LineageDeliverer.of(Optional.empty(), runs, name -> Optional.empty()).deliver(message("COMPLETE"));
        assertThatThrownBy(() -> LineageDeliverer.of(
                        Optional.of(new ConfigurationFile.OpenLineage(
                                Optional.of("ftp://example.org"), Optional.empty(), Optional.empty())),
                        runs,
                        name -> Optional.empty()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("openlineage.url: must begin with https:// or http://");
    }

    @Test
    void datasetsAreNamedAsOtherProducersNameThem() {
        assertThat(DatasetIdentity.of("/data/x")).isEqualTo(new DatasetIdentity("file", "/data/x"));
        assertThat(DatasetIdentity.of("file:///data/x")).isEqualTo(new DatasetIdentity("file", "/data/x"));
        assertThat(DatasetIdentity.of("s3a://bucket/a/b")).isEqualTo(new DatasetIdentity("s3://bucket", "a/b"));
        assertThat(DatasetIdentity.of("hdfs://node:8020/a")).isEqualTo(new DatasetIdentity("hdfs://node:8020", "/a"));
    }

    private DeliveryException refused(Message message) {
        return catchThrowableOfType(DeliveryException.class, () -> http().deliver(message));
    }

    private Deliverer http() {
        String url = "http://localhost:" + receiver.getAddress().getPort() + "/api/v1/lineage";
        return LineageDeliverer.of(
                Optional.of(
                        new ConfigurationFile.OpenLineage(Optional.of(url), Optional.empty(), Optional.of("flights"))),
                runs,
                name -> Optional.of("s3cret").filter(key -> name.equals(LineageDeliverer.KEY_VARIABLE)));
    }

    private static Message message(String event) {
        return new Message(1, Topic.LINEAGE, "", RUN + "/cleanse/2/" + event, event, ENDED.plusMillis(5), 0);
    }

    private static Summary summary() {
        return new Summary(
                RunId.of(RUN).toString(),
                "late-arrivals",
                "abc",
                RunState.RUNNING,
                TriggerKind.BACKFILL,
                "anna",
                Optional.of(new Interval(START, START.plusSeconds(7 * 86_400), "2001-03-05")),
                Map.of(),
                BEGAN,
                Optional.of(BEGAN),
                Optional.empty(),
                "",
                Map.of());
    }

    private static AttemptView attempt() {
        return new AttemptView(
                2,
                "key",
                "spark",
                AttemptState.FAILED,
                Optional.empty(),
                BEGAN,
                Optional.of(BEGAN),
                Optional.of(ENDED),
                Optional.of(1),
                Optional.of(FailureKind.USER),
                "exit code 1",
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static List<UseView> uses() {
        return List.of(
                use(
                        "read",
                        "raw_flights",
                        "raw",
                        "s3a://landing/flights/interval=2001-03-05",
                        Optional.of("sha256:abc"),
                        2),
                use("write", "clean_flights", "deterministic", "/data/my flights/clean", Optional.empty(), 2),
                use("write", "clean_flights", "deterministic", "/data/of/the/first/attempt", Optional.empty(), 1));
    }

    private static UseView use(
            String direction, String dataset, String dataClass, String uri, Optional<String> fingerprint, int attempt) {
        return new UseView(
                direction,
                dataset,
                dataClass,
                "2001-03-05",
                uri,
                fingerprint,
                Optional.of(115_000L),
                Optional.of(2_000_000L),
                attempt);
    }
}
