package io.tidegate.executor.spark.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.ExitMessages;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.Pages;
import io.tidegate.executor.spark.cluster.QuotedWords;
import io.tidegate.executor.spark.cluster.SparkCluster;
import io.tidegate.executor.spark.cluster.Submission;
import io.tidegate.executor.spark.driver.DriverChild;
import io.tidegate.executor.spark.driver.DriverJar;
import io.tidegate.executor.spark.driver.DriverProgram;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A standalone cluster. The master knows no marks, but shows the main class of each driver, so that class is named by the launch key; an
 * application is found by its name. The master tells only whether a driver succeeded; its exit code is the last line of its log.
 */
public final class StandaloneCluster implements SparkCluster {
    private static final System.Logger LOG = System.getLogger(StandaloneCluster.class.getName());
    private static final Pattern DRIVER = Pattern.compile("driver-[0-9]{14}-[0-9]{4,9}");
    private static final Pattern LAST_WORDS = Pattern.compile(Pattern.quote(DriverChild.LAST_WORDS) + "([0-9]{1,3})]");
    private static final String JAVA_OPTIONS = "spark.driver.extraJavaOptions";
    private static final int BYTES_OF_LAST_WORDS = 2000;
    private static final int LOOKS_FOR_LAST_WORDS = 5;
    private static final Pattern MASTER = Pattern.compile("spark://([^:,/]+)(?::[0-9]+)?.*");
    private static final Pattern LINK_TO_DRIVER =
            Pattern.compile("<a href=\"(https?://[^\"]+)\">Application Detail UI</a>");
    private static final String APPLICATION_NAME = "spark.app.name";
    private static final int USUAL_PORT_OF_PAGES = 8080;
    private static final int MOST_BYTES_OF_A_PAGE = 256 << 10;

    private final String name;
    private final InstallationId installation;
    private final String pagesOfMaster;
    private final Pages pages = new Pages();
    private final Map<String, Integer> looksForLastWords = new ConcurrentHashMap<>();

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
        Map<String, String> properties = new HashMap<>();
        if (!submission.configuration().containsKey(APPLICATION_NAME)) {
            properties.put(APPLICATION_NAME, ApplicationName.of(installation, submission.key()));
        }
        if (submission.inCluster() && submission.configuration().containsKey(JAVA_OPTIONS)) {
            // They are the driver's, not those of what waits for it: two virtual machines cannot listen for one
            // debugger.
            properties.put(JAVA_OPTIONS, "");
        }
        return properties;
    }

    /** The driver is a child of the process that the worker starts, which says with what exit code it ended. */
    @Override
    public Workload.SparkApplication submitted(Submission submission) throws IOException {
        Workload.SparkApplication application = submission.application();
        Path jar = submission.specification().resolveSibling("tidegate-driver.jar");
        String mark = ApplicationName.of(installation, submission.key());
        DriverJar.write(
                jar,
                new DriverProgram(
                        application.mainClass(),
                        application.arguments(),
                        true,
                        QuotedWords.of(submission.configuration().getOrDefault(JAVA_OPTIONS, "")),
                        submission.environment()),
                Optional.of(mark));
        List<String> jars = new ArrayList<>(application.jars());
        jars.add(jar.toString());
        return new Workload.SparkApplication(application.application(), mark, List.of(), jars);
    }

    @Override
    public Optional<String> refusal(Submission submission) {
        return submission.inCluster() && submission.isPython()
                ? Optional.of("a standalone cluster runs Python drivers in client mode only: write deploy_mode: client")
                : Optional.empty();
    }

    @Override
    public Optional<ClusterDriver> find(LaunchKey key) throws IOException {
        JsonNode state = state();
        Optional<JsonNode> driver = entries(state, "activedrivers", "completeddrivers")
                .filter(candidate -> isOf(key, candidate.path("mainclass")))
                .max(Comparator.comparing(candidate -> candidate.path("id").asText()));
        if (driver.isPresent()) {
            return Optional.of(driver(key, driver.get(), state));
        }
        return entries(state, "activeapps", "completedapps")
                .filter(application -> isOf(key, application.path("name")))
                .findFirst()
                .map(application -> application(key, application));
    }

    /** Empty for an application, or a driver's main class, that is named otherwise or is another installation's. */
    private Optional<ApplicationName> name(JsonNode text) {
        return ApplicationName.read(text.asText()).filter(name -> installation.mayOwn(name.installation()));
    }

    private boolean isOf(LaunchKey key, JsonNode text) {
        return name(text).map(ApplicationName::key).filter(key::equals).isPresent();
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
                .filter(application -> isOf(key, application.path("name")))
                .findFirst()
                .ifPresent(application -> describe(application, details));
        Optional<Observation.Ended> ended = phase.equals("FAILED") ? exited(driver, state) : ended(phase);
        return new ClusterDriver(
                key, id, phase, phase.equals("RUNNING"), ended, instant(driver.path("starttime")), true, details);
    }

    /** What the driver's log ends with may come a moment after the master knows of the end. */
    private Optional<Observation.Ended> exited(JsonNode driver, JsonNode state) {
        String id = driver.path("id").asText();
        try {
            String page = pagesOfWorker(id, state).orElseThrow(() -> new IOException("the worker is gone"));
            String text = new String(
                    log(page, id, DriverFile.ERRORS, "&byteLength=" + BYTES_OF_LAST_WORDS), StandardCharsets.UTF_8);
            Matcher matcher = LAST_WORDS.matcher(text);
            if (matcher.find()) {
                looksForLastWords.remove(id);
                return Optional.of(ExitMessages.ended(Integer.parseInt(matcher.group(1))));
            }
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "the end of the log of " + id + " cannot be read", unreadable);
        }
        if (looksForLastWords.merge(id, 1, Integer::sum) < LOOKS_FOR_LAST_WORDS) {
            return Optional.empty();
        }
        return ended("FAILED");
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
                name(application.path("name"))
                        .flatMap(ApplicationName::installation)
                        .isPresent(),
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
        JsonNode state = state();
        Map<LaunchKey, ClusterDriver> found = new HashMap<>();
        entries(state, "activeapps", "completedapps")
                .forEach(application -> name(application.path("name"))
                        .map(ApplicationName::key)
                        .ifPresent(key -> found.put(key, application(key, application))));
        // Where the driver is the cluster's too, its end is the one that counts.
        entries(state, "completeddrivers", "activedrivers")
                .forEach(driver -> name(driver.path("mainclass"))
                        .map(ApplicationName::key)
                        .ifPresent(key -> found.put(key, driver(key, driver, state))));
        return List.copyOf(found.values());
    }

    @Override
    public byte[] read(ClusterDriver driver, DriverFile file, long offset, int maximumBytes) throws IOException {
        Optional<String> worker = file == DriverFile.REPORT ? Optional.empty() : pagesOfWorker(driver.id(), state());
        return worker.isEmpty()
                ? new byte[0]
                : log(
                        worker.get(),
                        driver.id(),
                        file,
                        "&offset=" + offset + "&byteLength=" + Math.min(maximumBytes, MOST_BYTES_OF_A_PAGE));
    }

    /** @param part which bytes; the last ones when no offset is given */
    private byte[] log(String worker, String driverId, DriverFile file, String part) throws IOException {
        String type = file == DriverFile.ERRORS ? "stderr" : "stdout";
        String page = worker + "/log/?driverId=" + driverId + "&logType=" + type + part;
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

    private static Optional<String> pagesOfWorker(String driverId, JsonNode state) {
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
    public JsonNode page(String trackingUrl, String path) throws IOException {
        Optional<String> driver = pagesOfDriver(trackingUrl);
        return driver.isPresent() ? pages.json(Pages.below(driver.get(), path)) : MissingNode.getInstance();
    }

    /** Where the driver of an application serves its own pages is said on the master's page for people only. */
    private Optional<String> pagesOfDriver(String trackingUrl) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(Pages.uri(trackingUrl));
        String page = new String(pages.get(request, 0, MOST_BYTES_OF_A_PAGE), StandardCharsets.UTF_8);
        Matcher link = LINK_TO_DRIVER.matcher(page);
        return link.find() ? Optional.of(link.group(1)) : Optional.empty();
    }

    @Override
    public void close() {
        // Pages are asked one by one; nothing is held open.
    }
}
