package io.tidegate.executor.spark.yarn;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Workload;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import io.tidegate.executor.spark.cluster.Pages;
import io.tidegate.executor.spark.cluster.SparkCluster;
import io.tidegate.executor.spark.cluster.Submission;
import io.tidegate.executor.spark.driver.DriverJar;
import io.tidegate.executor.spark.driver.DriverMain;
import io.tidegate.executor.spark.driver.DriverProgram;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;

/**
 * YARN. An application carries its launch key and the installation as tags. What the driver writes is read from the node that ran it; the report is one of the
 * driver's log files, so that neither needs a file system that the server shares.
 */
public final class YarnCluster implements SparkCluster {
    private static final String MARK = "tidegate";
    private static final String KEY_TAG = "tidegate.";
    private static final String INSTALLATION_TAG = "tidegate-installation.";
    private static final String TAGS = "spark.yarn.tags";
    private static final String REPORT = "tidegate-report";
    private static final String VARIABLE = "spark.yarn.appMasterEnv.";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+,@% -]+");
    private static final Pattern READ_IN_QUOTES = Pattern.compile("[\\\\\"`$]");

    private final String name;
    private final InstallationId installation;
    private final Map<String, String> environment;
    private final Pages pages = new Pages();
    private YarnClient client;

    /**
     * @param name what people call it
     * @param installation what applications are marked with
     * @param environment variables of its submits, which name Hadoop's configuration folder
     */
    public YarnCluster(String name, InstallationId installation, Map<String, String> environment) {
        this.name = name;
        this.installation = installation;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> properties(Submission submission) {
        Map<String, String> properties = new LinkedHashMap<>();
        String own = submission.configuration().getOrDefault(TAGS, "");
        String marks = String.join(",", MARK, KEY_TAG + submission.key(), INSTALLATION_TAG + installation);
        properties.put(TAGS, own.isEmpty() ? marks : own + "," + marks);
        if (!submission.inCluster()) {
            return properties;
        }
        properties.put("spark.yarn.submit.waitAppCompletion", "false");
        if (!submission.configuration().containsKey("spark.yarn.maxAppAttempts")) {
            // A second driver would work on what the first has done by half; the scheduler starts attempts anew.
            properties.put("spark.yarn.maxAppAttempts", "1");
        }
        Map<String, String> variables = new HashMap<>(submission.environment());
        variables.putIfAbsent("LANG", "C.UTF-8");
        variables.put(
                "TIDEGATE_SPECIFICATION",
                submission.specification().getFileName().toString());
        variables.forEach((variable, value) -> properties.put(VARIABLE + variable, inDoubleQuotes(value)));
        properties.put(VARIABLE + "TIDEGATE_OUTPUT", "<LOG_DIR>/" + REPORT);
        properties.put(
                "spark.yarn.dist.files", submission.specification().toUri().toString());
        return properties;
    }

    @Override
    public Optional<String> refusal(Submission submission) {
        if (submission.inCluster() && submission.isPython() && !handsOver(submission)) {
            return Optional.of(
                    "YARN hands the arguments of Python applications to a shell, which takes a quote, a dollar,"
                            + " a backquote, a backslash, a line break and letters beyond ASCII for something else: hand the value"
                            + " over in a file");
        }
        try {
            YarnConfigurations.read(environment);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    e.getMessage() + ": name the cluster's configuration folder in the environment of the profile");
        }
    }

    private static boolean handsOver(Submission submission) {
        return submission.application().arguments().stream()
                .allMatch(argument -> PLAIN.matcher(argument).matches());
    }

    /** YARN starts drivers by a shell, from which Spark protects arguments only in part; what it would read otherwise comes in a jar. */
    @Override
    public Workload.SparkApplication submitted(Submission submission) throws IOException {
        Workload.SparkApplication application = submission.application();
        if (submission.isPython() || handsOver(submission)) {
            return application;
        }
        Path jar = submission.specification().resolveSibling("tidegate-driver.jar");
        DriverJar.write(
                jar,
                new DriverProgram(application.mainClass(), application.arguments(), false, List.of(), Map.of()),
                Optional.empty());
        List<String> jars = new ArrayList<>(application.jars());
        jars.add(jar.toString());
        return new Workload.SparkApplication(application.application(), DriverMain.class.getName(), List.of(), jars);
    }

    /** YARN writes variables between double quotes into a shell script. */
    private static String inDoubleQuotes(String value) {
        return READ_IN_QUOTES.matcher(value).replaceAll("\\\\$0");
    }

    @Override
    public Optional<ClusterDriver> find(LaunchKey key) throws IOException {
        // Were there two, the later one would be the one to watch.
        return reports(KEY_TAG + key).stream()
                .filter(this::mayBeOurs)
                .max(java.util.Comparator.comparing(ApplicationReport::getApplicationId))
                .map(report -> driver(key, report));
    }

    @Override
    public List<ClusterDriver> list() throws IOException {
        List<ClusterDriver> drivers = new ArrayList<>();
        for (ApplicationReport report : reports(MARK)) {
            key(report).filter(key -> mayBeOurs(report)).ifPresent(key -> drivers.add(driver(key, report)));
        }
        return drivers;
    }

    private boolean mayBeOurs(ApplicationReport report) {
        return installation.mayOwn(markOf(report));
    }

    private static Optional<String> markOf(ApplicationReport report) {
        return report.getApplicationTags().stream()
                .filter(tag -> tag.startsWith(INSTALLATION_TAG))
                .map(tag -> tag.substring(INSTALLATION_TAG.length()))
                .findFirst();
    }

    private static Optional<LaunchKey> key(ApplicationReport report) {
        return report.getApplicationTags().stream()
                .filter(tag -> tag.startsWith(KEY_TAG))
                .flatMap(tag -> {
                    try {
                        return Stream.of(new LaunchKey(tag.substring(KEY_TAG.length())));
                    } catch (IllegalArgumentException notOurs) {
                        return Stream.of();
                    }
                })
                .findFirst();
    }

    private List<ApplicationReport> reports(String tag) throws IOException {
        GetApplicationsRequest request = GetApplicationsRequest.newInstance();
        request.setApplicationTags(Set.of(tag));
        try {
            return client().getApplications(request);
        } catch (YarnException e) {
            throw new IOException("YARN does not list applications: " + e.getMessage(), e);
        }
    }

    private static ClusterDriver driver(LaunchKey key, ApplicationReport report) {
        Map<String, String> details = new HashMap<>();
        details.put(ClusterDriver.APPLICATION_ID, report.getApplicationId().toString());
        if (report.getTrackingUrl() != null && report.getTrackingUrl().startsWith("http")) {
            details.put(ClusterDriver.TRACKING_URL, report.getTrackingUrl());
        }
        return new ClusterDriver(
                key,
                report.getApplicationId().toString(),
                report.getYarnApplicationState().name(),
                report.getYarnApplicationState() == YarnApplicationState.RUNNING,
                YarnEnds.of(report),
                Optional.of(Instant.ofEpochMilli(report.getStartTime())),
                markOf(report).isPresent(),
                details);
    }

    @Override
    public void kill(ClusterDriver driver) throws IOException {
        try {
            client().killApplication(ApplicationId.fromString(driver.id()), "cancelled by Tidegate");
        } catch (YarnException e) {
            throw new IOException("YARN does not kill " + driver.id() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] read(ClusterDriver driver, DriverFile file, long offset, int maximumBytes) throws IOException {
        String logs = driverLogs(driver);
        String fileName = switch (file) {
            case ERRORS -> "stderr";
            case OUTPUT -> "stdout";
            case REPORT -> REPORT;
        };
        if (logs.isEmpty()) {
            return new byte[0];
        }
        int most = (int) Math.min(Integer.MAX_VALUE, offset + maximumBytes + NodeLog.LONGEST_HEADING);
        return NodeLog.part(
                pages.get(HttpRequest.newBuilder(Pages.uri(logs + fileName)), 0, most), offset, maximumBytes);
    }

    /** Where the node that ran the driver serves what it wrote; empty text when it never ran. */
    private String driverLogs(ClusterDriver driver) throws IOException {
        String page = resourceManager() + "/ws/v1/cluster/apps/" + driver.id();
        String logs = pages.json(page).path("app").path("amContainerLogs").asText("");
        // http://node:8042/node/containerlogs/<container>/<user> is the page for people.
        String[] parts = logs.split("/node/containerlogs/", 2);
        return parts.length < 2 ? "" : parts[0] + "/ws/v1/node/containerlogs/" + parts[1].split("/", 2)[0] + "/";
    }

    private String resourceManager() throws IOException {
        YarnConfiguration configuration = YarnConfigurations.read(environment);
        boolean secure = YarnConfiguration.useHttps(configuration);
        return secure
                ? "https://" + configuration.get(YarnConfiguration.RM_WEBAPP_HTTPS_ADDRESS)
                : "http://" + configuration.get(YarnConfiguration.RM_WEBAPP_ADDRESS);
    }

    private synchronized YarnClient client() throws IOException {
        if (client == null) {
            YarnClient started = YarnClient.createYarnClient();
            started.init(YarnConfigurations.read(environment));
            started.start();
            client = started;
        }
        return client;
    }

    @Override
    public JsonNode page(String trackingUrl, String path) throws IOException {
        return pages.json(Pages.below(trackingUrl, path));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.stop();
        }
    }
}
