package io.tidegate.executor.spark.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.Pages;
import io.tidegate.executor.spark.cluster.SparkCluster;
import io.tidegate.executor.spark.cluster.Submission;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone cluster. The master gives drivers numbers and knows no marks, so a driver is found by the number that its submit printed,
 * and an application by its name. Exit codes stay with the worker: the master tells only whether a driver succeeded.
 */
public final class StandaloneCluster implements SparkCluster {
    private static final Pattern DRIVER = Pattern.compile("driver-[0-9]{14}-[0-9]{4,9}");
    private static final Pattern MASTER = Pattern.compile("spark://([^:,/]+)(?::[0-9]+)?.*");
    private static final String APPLICATION_NAME = "spark.app.name";
    private static final int USUAL_PORT_OF_PAGES = 8080;
    private static final int MOST_BYTES_OF_A_PAGE = 256 << 10;

    private final String name;
    private final InstallationId installation;
    private final String pagesOfMaster;
    private final Pages pages = new Pages();

    /**
     * @param name what people call it
     * @param installation what applications are marked with
     * @param master for example {@code spark://host:7077}
     * @param pagesOfMaster address of the master's pages; port 8080 of the master's host when absent
     */
    public StandaloneCluster(String name, InstallationId installation, String master, Optional<String> pagesOfMaster) {
        this.name = name;
        this.installation = installation;
        this.pagesOfMaster = pagesOfMaster
                .map(address -> address.endsWith("/") ? address.substring(0, address.length() - 1) : address)
                .orElseGet(() -> usualPages(master));
    }

    private static String usualPages(String master) {
        Matcher matcher = MASTER.matcher(master);
        return "http://" + (matcher.matches() ? matcher.group(1) : "localhost") + ":" + USUAL_PORT_OF_PAGES;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> properties(Submission submission) {
        return submission.configuration().containsKey(APPLICATION_NAME)
                ? Map.of()
                : Map.of(APPLICATION_NAME, ApplicationName.of(installation, submission.key()));
    }

    @Override
    public Optional<String> refusal(Submission submission) {
        return submission.inCluster() && submission.isPython()
                ? Optional.of("a standalone cluster runs Python drivers in client mode only: write deploy_mode: client")
                : Optional.empty();
    }

    @Override
    public Optional<ClusterDriver> find(LaunchKey key, Traces traces) throws IOException {
        JsonNode state = state();
        Matcher id = DRIVER.matcher(traces.submitLog());
        if (id.find()) {
            return entries(state, "activedrivers", "completeddrivers")
                    .filter(driver -> driver.path("id").asText().equals(id.group()))
                    .findFirst()
                    .map(driver -> driver(key, driver, state));
        }
        return entries(state, "activeapps", "completedapps")
                .filter(application -> name(application)
                        .map(ApplicationName::key)
                        .filter(key::equals)
                        .isPresent())
                .findFirst()
                .map(application -> application(key, application));
    }

    /** Empty for an application that has another name, or is another installation's. */
    private Optional<ApplicationName> name(JsonNode application) {
        return ApplicationName.read(application.path("name").asText())
                .filter(name -> installation.mayOwn(name.installation()));
    }

    private JsonNode state() throws IOException {
        JsonNode state = pages.json(pagesOfMaster + "/json/");
        if (!state.has("workers")) {
            throw new IOException(pagesOfMaster + "/json/ is not the page of a Spark master");
        }
        return state;
    }

    private static Stream<JsonNode> entries(JsonNode state, String... names) {
        List<JsonNode> entries = new ArrayList<>();
        Arrays.stream(names).forEach(list -> state.path(list).forEach(entries::add));
        return entries.stream();
    }

    private ClusterDriver driver(LaunchKey key, JsonNode driver, JsonNode state) {
        String id = driver.path("id").asText();
        String phase = driver.path("state").asText();
        Map<String, String> details = new HashMap<>();
        details.put("driverId", id);
        details.put(ClusterDriver.TRACKING_URL, pagesOfMaster + "/");
        entries(state, "activeapps", "completedapps")
                .filter(application -> name(application)
                        .map(ApplicationName::key)
                        .filter(key::equals)
                        .isPresent())
                .findFirst()
                .ifPresent(application -> describe(application, details));
        return new ClusterDriver(
                key,
                id,
                phase,
                phase.equals("RUNNING"),
                ended(phase),
                instant(driver.path("starttime")),
                true,
                details);
    }

    private ClusterDriver application(LaunchKey key, JsonNode application) {
        String phase = application.path("state").asText();
        Map<String, String> details = new HashMap<>();
        describe(application, details);
        return new ClusterDriver(
                key,
                application.path("id").asText(),
                phase,
                phase.equals("RUNNING"),
                ended(phase),
                instant(application.path("starttime")),
                name(application).flatMap(ApplicationName::installation).isPresent(),
                details);
    }

    private void describe(JsonNode application, Map<String, String> details) {
        String id = application.path("id").asText();
        details.put(ClusterDriver.APPLICATION_ID, id);
        details.put(ClusterDriver.TRACKING_URL, pagesOfMaster + "/app/?appId=" + id);
    }

    private static Optional<Instant> instant(JsonNode milliseconds) {
        // Drivers have it as text, applications as a number.
        long since = milliseconds.asLong(0);
        return since > 0 ? Optional.of(Instant.ofEpochMilli(since)) : Optional.empty();
    }

    private static Optional<Observation.Ended> ended(String phase) {
        return switch (phase) {
            case "FINISHED" -> Optional.of(Observation.Ended.succeeded());
            case "FAILED" -> Optional.of(failed(FailureKind.USER, "the driver failed; its log says why"));
            case "KILLED" -> Optional.of(failed(FailureKind.USER, "the driver was killed"));
            case "ERROR" ->
                Optional.of(failed(FailureKind.PLATFORM, "the worker could not run the driver, or is gone"));
            // Submitted, queued, running, relaunching; unknown while a master recovers.
            default -> Optional.empty();
        };
    }

    private static Observation.Ended failed(FailureKind kind, String message) {
        return new Observation.Ended(OptionalInt.empty(), Optional.of(kind), message);
    }

    @Override
    public void kill(ClusterDriver driver) throws IOException {
        // An application whose driver is not known ends its driver, which loses its executors.
        String kind = DRIVER.matcher(driver.id()).matches() ? "driver" : "app";
        pages.act(HttpRequest.newBuilder(Pages.uri(pagesOfMaster + "/" + kind + "/kill/"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("id=" + driver.id() + "&terminate=true")));
    }

    @Override
    public List<ClusterDriver> list() throws IOException {
        List<ClusterDriver> found = new ArrayList<>();
        entries(state(), "activeapps", "completedapps")
                .forEach(application ->
                        name(application).ifPresent(name -> found.add(application(name.key(), application))));
        return found;
    }

    @Override
    public byte[] read(ClusterDriver driver, DriverFile file, long offset, int maximumBytes) throws IOException {
        Optional<String> worker = file == DriverFile.REPORT ? Optional.empty() : pagesOfWorker(driver.id());
        if (worker.isEmpty()) {
            return new byte[0];
        }
        String type = file == DriverFile.ERRORS ? "stderr" : "stdout";
        String page = worker.get() + "/log/?driverId=" + driver.id() + "&logType=" + type + "&offset=" + offset
                + "&byteLength=" + Math.min(maximumBytes, MOST_BYTES_OF_A_PAGE);
        byte[] answer = pages.get(HttpRequest.newBuilder(Pages.uri(page)), 0, MOST_BYTES_OF_A_PAGE * 2);
        return withoutHeading(answer);
    }

    /** The first line says which bytes follow. */
    private static byte[] withoutHeading(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        return text.startsWith("==== Bytes ") && end >= 0
                ? Arrays.copyOfRange(answer, end + 1, answer.length)
                : new byte[0];
    }

    private Optional<String> pagesOfWorker(String driverId) throws IOException {
        JsonNode state = state();
        Optional<String> worker = entries(state, "activedrivers", "completeddrivers")
                .filter(driver -> driver.path("id").asText().equals(driverId))
                .map(driver -> driver.path("worker").asText())
                .findFirst();
        return entries(state, "workers")
                .filter(candidate ->
                        worker.isPresent() && candidate.path("id").asText().equals(worker.get()))
                .map(candidate -> candidate.path("webuiaddress").asText())
                .findFirst();
    }

    @Override
    public void close() {
        // Pages are asked one by one; nothing is held open.
    }
}
