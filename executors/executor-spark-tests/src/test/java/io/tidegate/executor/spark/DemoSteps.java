package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.SparkDependencies;
import io.tidegate.dag.step.SparkResources;
import io.tidegate.dag.step.SparkTarget;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.testkit.RecordingListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * The demo's cleanse and train steps, as the scheduler submits them, on made-up flights of two weeks. What they report on a cluster is
 * compared with what they report on this machine.
 */
final class DemoSteps {
    private static final LocalDate FIRST = LocalDate.of(2001, 1, 1);
    private static final Path DEFINITIONS = TestHome.BUNDLED.path().resolve("../../../../dag-definitions");
    private static final Path LIBRARY = DEFINITIONS.resolve("step-library/target/tidegate-step-library.jar");
    private static final Path EXAMPLES = DEFINITIONS.resolve("examples/target/tidegate-examples.jar");
    private static final List<String> AIRPORTS = List.of("ATL", "ORD", "DFW", "LAX", "SEA", "nowhere");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static DemoSteps local;

    private final Path folder;
    private final Map<String, Double> cleansed;
    private final Map<String, Double> trained;

    /** Whether the programs are there: they are made when their modules are packaged. */
    static boolean areBuilt() {
        return Files.exists(LIBRARY) && Files.exists(EXAMPLES);
    }

    /** What they report on this machine, found out once. */
    private static synchronized DemoSteps onThisMachine() throws IOException {
        if (local == null) {
            local = new DemoSteps(Files.createTempDirectory("tidegate-demo"));
        }
        return local;
    }

    private DemoSteps(Path folder) throws IOException {
        this.folder = folder;
        Path rules = Files.createDirectories(folder.resolve("dag/rules"));
        for (String file : List.of("flights.yaml", "airports.txt")) {
            Files.copy(DEFINITIONS.resolve("examples/late-arrivals/rules").resolve(file), rules.resolve(file));
        }
        for (Path jar : List.of(LIBRARY, EXAMPLES)) {
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
        Files.writeString(
                Files.createDirectories(folder.resolve("raw")).resolve("flights.json"), flights(new Random(42)));
        ExecutorSettings settings = ExecutorSettings.Spark.of(
                "local[2]", "1g", Map.of("spark.driver.extraJavaOptions", TestHome.SHORT_LIVED));
        try (SparkExecutor executor = executor(Map.of())) {
            cleansed = cleanse(executor, settings, "local");
            run(
                    executor,
                    settings,
                    "local",
                    "transform",
                    input("clean_flights", "clean-local"),
                    outputs("features"),
                    "\"transform\":\"io.tidegate.examples.LateArrivalFeatures\"");
            trained = train(executor, settings, "local");
        }
    }

    /** Asserts that a cluster's drivers report the same. */
    static void assertSame(TestCluster cluster) throws IOException {
        DemoSteps here = onThisMachine();
        String name = cluster.profile().name();
        Map<String, String> configuration = new HashMap<>(cluster.configuration());
        configuration.put("spark.sql.shuffle.partitions", "2");
        ExecutorSettings settings = new ExecutorSettings.Spark(
                new SparkTarget(
                        Optional.of(name),
                        Optional.empty(),
                        Optional.of(SparkTarget.DeployMode.CLUSTER),
                        Optional.empty(),
                        Optional.empty()),
                SparkResources.of("1g"),
                SparkDependencies.NONE,
                false,
                configuration);
        try (SparkExecutor executor = here.executor(Map.of(name, cluster.profile()))) {
            assertThat(here.cleanse(executor, settings, name)).isEqualTo(here.cleansed);
            Map<String, Double> elsewhere = here.train(executor, settings, name);
            assertThat(elsewhere).containsOnlyKeys(here.trained.keySet());
            here.trained.forEach((metric, value) ->
                    assertThat(elsewhere.get(metric)).as(metric).isEqualTo(value, within(0.02)));
        }
    }

    private SparkExecutor executor(Map<String, SparkProfile> profiles) {
        return new SparkExecutor(
                new SparkSettings(TestHome.BUNDLED, folder.resolve("cache"), SparkSettings.Archives.NEVER)
                        .withProfiles(profiles)
                        .withLookInterval(Duration.ofMillis(500)),
                ProcessSettings.defaults(new InstallationId("demo"), folder.resolve("attempts")),
                InstantSource.system());
    }

    private Map<String, Double> cleanse(SparkExecutor executor, ExecutorSettings settings, String where)
            throws IOException {
        return run(
                executor,
                settings,
                where,
                "cleanse",
                "\"inputs\":[{\"dataset\":\"raw_flights\",\"data_class\":\"raw\",\"format\":\"json\",\"partitions\":["
                        + partition("raw") + "]}]",
                outputs("clean-" + where, "rejected-" + where),
                "\"rules\":\"rules/flights.yaml\",\"quality\":{\"rejected_share\":\"<= 0.9\"}");
    }

    private Map<String, Double> train(SparkExecutor executor, ExecutorSettings settings, String where)
            throws IOException {
        Map<String, Double> metrics = run(
                executor,
                settings,
                where,
                "refit",
                input("features", "features"),
                "\"holdout\":\"P2D\"",
                "\"train\":\"io.tidegate.examples.LateArrivalModel\"",
                "\"model\":{\"name\":\"late-arrival\",\"bundle\":\"" + folder.resolve("model-" + where)
                        + "\",\"champion\":null}");
        assertThat(folder.resolve("model-" + where)).isNotEmptyDirectory();
        return metrics;
    }

    /** Runs one step and returns the numbers that it reported. */
    private Map<String, Double> run(
            SparkExecutor executor, ExecutorSettings settings, String where, String kind, String... fields)
            throws IOException {
        LaunchKey key =
                new LaunchKey(where + "-" + kind + "-" + ProcessHandle.current().pid());
        String specification = "{\"dag\":\"late-arrivals\",\"dag_version\":\"1\",\"run_id\":\"r\",\"step\":\"" + kind
                + "\",\"kind\":\"" + kind + "\",\"launch_key\":\"" + key + "\",\"dag_folder\":\""
                + folder.resolve("dag")
                + "\",\"params\":{\"late_minutes\":15},\"interval\":{\"start\":\"" + FIRST
                + "T00:00:00-05:00\",\"end\":\""
                + FIRST.plusWeeks(1) + "T00:00:00-05:00\"}," + String.join(",", fields) + "}";
        LaunchRequest request = new LaunchRequest(
                key,
                new AttemptIdentity(new DagId("late-arrivals"), "team", "r", new StepId(kind), 1),
                settings,
                new Workload.SparkApplication(
                        folder.resolve(LIBRARY.getFileName()).toString(),
                        "io.tidegate.steps.StepMain",
                        List.of(),
                        List.of(folder.resolve(EXAMPLES.getFileName()).toString())),
                new LaunchRequest.Surroundings(folder.toString(), Map.of("TIDEGATE_STEP", kind), specification),
                Duration.ofHours(1));
        LaunchResult result = executor.launch(request);
        assertThat(result).isInstanceOf(LaunchResult.Accepted.class);
        RecordingListener listener = new RecordingListener();
        executor.watch(((LaunchResult.Accepted) result).job(), listener);
        Observation.Ended ended = listener.awaitEnd();
        assertThat(ended).as(() -> log(executor, key)).isEqualTo(Observation.Ended.succeeded());
        try (InputStream report = executor.output(key).report()) {
            return numbers(new String(report.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String log(SparkExecutor executor, LaunchKey key) {
        try {
            return new String(executor.output(key).readLog(0, 1 << 20), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Map<String, Double> numbers(String report) throws IOException {
        Map<String, Double> numbers = new TreeMap<>();
        for (String line : report.lines().toList()) {
            JsonNode node = JSON.readTree(line);
            if (node.path("type").asText().equals("metric") && !node.has("slice")) {
                String dataset = node.path("dataset").asText().replaceAll("-.*", "");
                numbers.put(
                        node.path("name").asText() + " " + node.path("role").asText() + " " + dataset,
                        node.path("value").asDouble());
            }
        }
        assertThat(numbers).isNotEmpty();
        return numbers;
    }

    private String partition(String name) {
        return "{\"partition\":\"" + FIRST + "\",\"uri\":\"" + folder.resolve(name) + "\",\"offset\":0}";
    }

    private String input(String dataset, String name) {
        return "\"inputs\":[{\"dataset\":\"" + dataset + "\",\"data_class\":\"deterministic\",\"partitions\":["
                + partition(name) + "]}]";
    }

    private String outputs(String... names) {
        StringBuilder outputs = new StringBuilder();
        for (String name : names) {
            outputs.append(outputs.isEmpty() ? "" : ",")
                    .append("{\"dataset\":\"" + name + "\",\"data_class\":\"deterministic\",\"partition\":\"" + FIRST
                            + "\",\"uri\":\"" + folder.resolve(name) + "\"}");
        }
        return "\"outputs\":[" + outputs + "]";
    }

    /** Late in the evening and at some airports; a few to an airport that there is not. */
    private static String flights(Random random) {
        StringBuilder lines = new StringBuilder();
        for (int number = 0; number < 6000; number++) {
            int hour = random.nextInt(24);
            int origin = random.nextInt(5);
            int destination = random.nextInt(200) == 0 ? 5 : (origin + 1 + random.nextInt(4)) % 5;
            boolean late = random.nextDouble() < 0.1 + 0.05 * origin + 0.01 * hour;
            lines.append("{\"date\":\"")
                    .append(FIRST.plusDays(number % 7))
                    .append(String.format("T%02d:%02d:00", hour, random.nextInt(60)))
                    .append("\",\"delay\":")
                    .append(late ? 15 + random.nextInt(100) : random.nextInt(30) - 15)
                    .append(",\"distance\":")
                    .append(200 + random.nextInt(2000))
                    .append(",\"origin\":\"")
                    .append(AIRPORTS.get(origin))
                    .append("\",\"destination\":\"")
                    .append(AIRPORTS.get(destination))
                    .append("\"}\n");
        }
        return lines.toString();
    }
}
