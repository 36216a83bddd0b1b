package io.tidegate.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.stream.StreamResource;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.TestServer;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The running server against the description that the dashboard is made from. */
final class ContractTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with("small-loop", "trouble");

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Set<String> STATES = Set.of(
            "state", "trigger", "kind", "executor", "event", "direction", "data_class", "failure", "role", "type");

    private static Contract contract;
    private static String good;
    private static String bad;

    @BeforeAll
    static void runEverything() throws IOException {
        contract = new Contract();
        Api api = SERVER.api();
        List<String> runs = api.backfill("small-loop", "2001-01-01", "2001-01-22");
        assertThat(runs).hasSize(4).allMatch(run -> api.state(run).equals("succeeded"));
        assertThat(api.post("/pools/gone", "{\"places\":1}").status()).isEqualTo(200);
        good = runs.get(2);
        bad = api.run("trouble", "{}");
        api.ended(bad);
        Files.createDirectories(SERVER.dags().resolve("wrong"));
        Files.writeString(SERVER.dags().resolve("wrong/wrong.dag.yaml"), "dag: wrong\nsteps: {}\nstepz: 1\n");
        io.tidegate.server.testing.Waiting.until(
                () -> !api.get("/dags/problems").body().path("items").isEmpty());
    }

    static Set<String> operations() throws IOException {
        return new Contract().operations();
    }

    /** One request for each operation that is described; what they leave behind does not matter to the others. */
    private static Map<String, HttpRequest.Builder> requests() {
        Api api = SERVER.api();
        Map<String, HttpRequest.Builder> requests = new LinkedHashMap<>();
        for (String path : List.of(
                "/server",
                "/openapi.json",
                "/dags",
                "/dags/problems",
                "/runs",
                "/metrics",
                "/models",
                "/datasets",
                "/alerts",
                "/backfills",
                "/pools",
                "/pools/history",
                "/nodes",
                "/truth")) {
            requests.put("GET /api/v1" + path, api.request(path).GET());
        }
        requests.put("GET /api/v1/runs/{run}", api.request("/runs/" + good).GET());
        requests.put(
                "GET /api/v1/runs/{run}/events",
                api.request("/runs/" + good + "/events").GET());
        requests.put(
                "GET /api/v1/runs/{run}/steps/{step}",
                api.request("/runs/" + good + "/steps/refit").GET());
        requests.put(
                "GET /api/v1/runs/{run}/steps/{step}/attempts/{attempt}/log",
                api.request("/runs/" + good + "/steps/ingest/attempts/1/log").GET());
        requests.put("GET /api/v1/models/{model}", api.request("/models/small").GET());
        requests.put(
                "GET /api/v1/datasets/{dag}/{dataset}",
                api.request("/datasets/small-loop/features").GET());
        requests.put(
                "GET /api/v1/lineage", api.request("/lineage?node=features").GET());
        addDag(requests);
        addChanges(requests);
        return requests;
    }

    private static void addDag(Map<String, HttpRequest.Builder> requests) {
        Api api = SERVER.api();
        requests.put("GET /api/v1/dags/{dag}", api.request("/dags/small-loop").GET());
        requests.put(
                "GET /api/v1/dags/{dag}/schedule",
                api.request("/dags/small-loop/schedule?from=2001-01-01T00:00:00Z")
                        .GET());
        requests.put(
                "GET /api/v1/dags/{dag}/versions/{version}/changes",
                api.request("/dags/small-loop/versions/current/changes").GET());
    }

    private static void addChanges(Map<String, HttpRequest.Builder> requests) {
        requests.put("POST /api/v1/dags/{dag}/pause", posting("/dags/small-loop/pause", ""));
        requests.put("POST /api/v1/dags/{dag}/unpause", posting("/dags/small-loop/unpause", ""));
        requests.put(
                "POST /api/v1/dags/{dag}/runs", posting("/dags/trouble/runs", "{\"parameters\":{\"how\":\"wait\"}}"));
        requests.put(
                "POST /api/v1/dags/{dag}/backfills",
                posting("/dags/small-loop/backfills", "{\"from\":\"2001-01-01\",\"to\":\"2001-01-08\"}"));
        requests.put(
                "POST /api/v1/dags/{dag}/backfills/preview",
                posting(
                        "/dags/small-loop/backfills/preview",
                        "{\"from\":\"2001-01-01\",\"to\":\"2001-02-08\",\"reprocess\":\"failed\",\"parallel\":2}"));
        requests.put(
                "GET /api/v1/backfills/{id}",
                SERVER.api().request("/backfills/1").GET());
        requests.put(
                "GET /api/v1/backfills/{id}/intervals",
                SERVER.api().request("/backfills/1/intervals").GET());
        requests.put(
                "POST /api/v1/dags/{dag}/clear",
                posting(
                        "/dags/small-loop/clear",
                        "{\"from\":\"2001-01-01\",\"to\":\"2001-01-22\",\"steps\":[\"evaluate\"],\"dry_run\":true}"));
        requests.put("POST /api/v1/pools/{pool}", posting("/pools/spark", "{\"places\":4,\"reason\":\"one more\"}"));
        requests.put("POST /api/v1/pools/{pool}/remove", posting("/pools/gone/remove", "{}"));
        requests.put("POST /api/v1/runs/{run}/rerun", posting("/runs/" + bad + "/rerun", "{\"from\":\"failed\"}"));
        requests.put(
                "POST /api/v1/models/{model}/champion",
                posting("/models/small/champion", "{\"version\":1,\"reason\":\"odd scores\"}"));
    }

    private static HttpRequest.Builder posting(String path, String json) {
        return SERVER.api()
                .request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    /** Those that need something else to happen before. */
    private static HttpRequest.Builder prepared(String operation) {
        Api api = SERVER.api();
        return switch (operation) {
            case "POST /api/v1/runs/{run}/cancel" -> {
                String run = api.run("trouble", "{\"parameters\":{\"how\":\"wait\"}}");
                api.awaitStep(run, "misbehave", "running");
                yield posting("/runs/" + run + "/cancel", "{\"reason\":\"enough\"}");
            }
            case "POST /api/v1/runs/{run}/steps/{step}/mark" -> {
                String run = api.run("trouble", "{}");
                api.ended(run);
                yield posting(
                        "/runs/" + run + "/steps/after/mark", "{\"state\":\"failed\",\"reason\":\"by agreement\"}");
            }
            case "POST /api/v1/backfills/{id}/pause", "POST /api/v1/backfills/{id}/cancel" ->
                posting("/backfills/" + begun(api) + operation.substring(operation.lastIndexOf('/')), "{}");
            case "POST /api/v1/backfills/{id}/resume" -> {
                String id = begun(api);
                api.post("/backfills/" + id + "/pause", "{}");
                yield posting("/backfills/" + id + "/resume", "{\"reason\":\"enough room\"}");
            }
            case "POST /api/v1/alerts/{id}/resolve" -> {
                long id = api.get("/alerts?open=true").body().at("/items/0/id").asLong();
                yield posting("/alerts/" + id + "/resolve", "{\"reason\":\"seen\"}");
            }
            case "POST /api/v1/attempts/{launchKey}/report" -> {
                String run = api.run("trouble", "{\"parameters\":{\"how\":\"wait\"}}");
                api.awaitStep(run, "misbehave", "running");
                String key =
                        api.step(run, "misbehave").at("/attempts/0/launch_key").asText();
                yield posting("/attempts/" + key + "/report", "{\"type\":\"metric\",\"name\":\"x\",\"value\":1}")
                        .header("Authorization", "Bearer " + SERVER.token(key));
            }
            default -> requests().get(operation);
        };
    }

    /** A backfill that has enough before it. */
    private static String begun(Api api) {
        return api.post(
                        "/dags/small-loop/backfills",
                        "{\"from\":\"2001-02-01\",\"to\":\"2001-06-30\",\"reprocess\":\"all\"}")
                .body()
                .path("id")
                .asText();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyDescribedOperationAnswersAsDescribed(String operation) {
        if (operation.equals("GET /api/v1/stream")) {
            return; // It never ends; StreamTest listens to it.
        }
        HttpRequest.Builder request = prepared(operation);
        assertThat(request).as("this test has an example of " + operation).isNotNull();

        Api.Answer answer = SERVER.api().send(request);

        Map.Entry<Integer, String> success = contract.success(operation);
        assertThat(answer.status()).as(answer.text()).isEqualTo(success.getKey());
        assertThat(answer.type()).startsWith(success.getValue());
        if (success.getValue().equals("application/json")) {
            assertThat(contract.problems(operation, answer.text()))
                    .as(answer.text())
                    .isEmpty();
            if (!operation.endsWith("openapi.json")) {
                assertThat(words(answer.body())).as(answer.text()).isEmpty();
            }
        }
    }

    @Test
    void nothingIsServedThatIsNotDescribed() throws Exception {
        assertThat(declared()).isEqualTo(contract.operations());
        assertThat(SERVER.api().get("/application.wadl").status()).isEqualTo(404);
    }

    @Test
    void theDescriptionIsTheOneTheDashboardIsMadeFrom() throws IOException {
        java.nio.file.Path source = TestServer.installation().root().resolve("ui/openapi.json");
        assertThat(SERVER.api().get("/openapi.json").text()).isEqualTo(Files.readString(source));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "404 GET /runs/01a1fd78-0000-7000-8000-000000000000",
                "404 GET /runs/nonsense",
                "404 GET /dags/unknown",
                "404 GET /models/unknown",
                "404 GET /datasets/small-loop/unknown",
                "404 GET /lineage?node=small-loop/unknown",
                "404 GET /nothing",
                "400 GET /lineage",
                "400 GET /runs?limit=0",
                "400 GET /runs?state=asleep",
                "400 POST /dags/small-loop/backfills",
                "404 GET /backfills/4242",
                "404 GET /backfills/nonsense",
                "409 POST /backfills/1/resume",
                "400 POST /dags/small-loop/runs",
                "409 POST /models/small/champion",
                "405 DELETE /dags/small-loop"
            })
    void refusalsAreProblemDetails(String line) {
        String[] words = line.split(" ");
        String body = words[2].endsWith("champion")
                ? "{\"version\":3,\"reason\":\"\"}"
                : words[2].endsWith("runs") ? "{\"intervall\":1}" : "{}";
        Api.Answer answer = SERVER.api()
                .send(SERVER.api()
                        .request(words[2])
                        .header("Content-Type", "application/json")
                        .method(words[1], HttpRequest.BodyPublishers.ofString(words[1].equals("GET") ? "" : body)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(Integer.parseInt(words[0]));
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(contract.problemsOfProblem(answer.text())).isEmpty();
        assertThat(answer.detail()).isNotBlank();
    }

    /** Other tests of this class change things at any time, so that the answer that is unchanged may be the second one. */
    @Test
    void theOverviewIsNotSentAgainToWhoeverHasItAndShowsEveryChangeAtOnce() {
        io.tidegate.server.testing.Waiting.until(() -> {
            String tag = SERVER.api().header("/dags", "ETag");
            return SERVER.api()
                            .send(SERVER.api()
                                    .request("/dags")
                                    .header("If-None-Match", tag)
                                    .GET())
                            .status()
                    == 304;
        });
        for (String word : List.of("pause", "unpause", "pause", "unpause")) {
            SERVER.api().post("/dags/trouble/" + word, "{}");
            JsonNode trouble = null;
            for (JsonNode dag : SERVER.api().get("/dags").body().path("items")) {
                trouble = dag.path("dag").asText().equals("trouble") ? dag : trouble;
            }
            assertThat(trouble.path("paused").asBoolean()).isEqualTo(word.equals("pause"));
        }
    }

    /** Enum words in any other form than lower case, names of fields in any other than snake case, and nulls. */
    private static List<String> words(JsonNode node) {
        List<String> wrong = new ArrayList<>();
        node.properties().forEach(field -> {
            boolean free = Set.of("parameters", "metrics", "facts", "detail", "loops", "output_values")
                    .contains(field.getKey());
            if (!WORD.matcher(field.getKey()).matches() || field.getValue().isNull()) {
                wrong.add(field.getKey());
            }
            if (STATES.contains(field.getKey())
                    && field.getValue().isTextual()
                    && !WORD.matcher(field.getValue().asText()).matches()
                    && !field.getKey().equals("type")) {
                wrong.add(field.getKey() + ": " + field.getValue());
            }
            if (!free) {
                wrong.addAll(words(field.getValue()));
            }
        });
        if (node.isArray()) {
            node.forEach(element -> wrong.addAll(words(element)));
        }
        return wrong;
    }

    /** What the resource classes declare. */
    private static Set<String> declared() throws Exception {
        Set<String> operations = new TreeSet<>();
        for (Class<?> neighbour : List.of(ServerResource.class, StreamResource.class)) {
            for (Class<?> type : classesBeside(neighbour)) {
                if (type.isAnnotationPresent(Path.class)) {
                    for (Method method : type.getDeclaredMethods()) {
                        Stream.of(method.getAnnotations())
                                .map(Annotation::annotationType)
                                .filter(annotation -> annotation.isAnnotationPresent(HttpMethod.class))
                                .forEach(annotation ->
                                        operations.add(annotation.getSimpleName() + " /api/v1" + path(type, method)));
                    }
                }
            }
        }
        return operations;
    }

    private static List<Class<?>> classesBeside(Class<?> neighbour) throws Exception {
        java.nio.file.Path classes = java.nio.file.Path.of(
                neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> found = new ArrayList<>();
        try (Stream<java.nio.file.Path> files =
                Files.list(classes.resolve(neighbour.getPackageName().replace('.', '/')))) {
            for (java.nio.file.Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class")) {
                    found.add(Class.forName(neighbour.getPackageName() + "." + name.replace(".class", "")));
                }
            }
        }
        return found;
    }

    private static String path(Class<?> type, Method method) {
        String folder = type.getAnnotation(Path.class).value();
        String own = method.isAnnotationPresent(Path.class)
                ? method.getAnnotation(Path.class).value()
                : "";
        return ("/" + folder + "/" + own).replaceAll("/+", "/").replaceAll("/$", "");
    }
}
