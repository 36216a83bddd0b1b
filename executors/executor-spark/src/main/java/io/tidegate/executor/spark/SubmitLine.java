package io.tidegate.executor.spark;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the command line of one spark-submit together: defaults that suit local mode, over them what the step says, and the Java options of
 * a driver on this machine, which have to be on the command line because its virtual machine is the one that spark-submit starts.
 */
final class SubmitLine {
    static final String EXTRA_JAVA_OPTIONS = "spark.driver.extraJavaOptions";
    private static final Pattern LOCAL_CORES = Pattern.compile("local\\[\\s*([0-9]+|\\*)\\s*(,.*)?]");
    private static final int FEWEST_PARTITIONS = 2;

    private final SparkHome home;
    private final Path logConfiguration;

    SubmitLine(SparkHome home, Path logConfiguration) {
        this.home = home;
        this.logConfiguration = logConfiguration;
    }

    /**
     * What is submitted.
     *
     * @param folder the DAG's folder, where relative paths begin
     * @param added Spark properties that the executor adds beneath those of the step
     */
    record Content(
            String master,
            ExecutorSettings.Spark settings,
            Workload.SparkApplication application,
            Path folder,
            Map<String, String> added) {}

    /**
     * A driver on this machine.
     *
     * @param scratch folder of the attempt for spilled data and everything else that need not stay
     * @param mode what the driver's virtual machine is tuned for
     * @param archiveOptions Java options that make use of an archive; none when there is none
     */
    record Driver(Path scratch, StartupMode mode, List<String> archiveOptions) {}

    /** A submit whose driver is the submitting process. */
    List<String> here(Content content, Driver driver) {
        Map<String, String> configuration = new LinkedHashMap<>();
        if (isLocal(content.master())) {
            configuration.putAll(localDefaults(content.master(), driver.scratch()));
        }
        configuration.putAll(content.added());
        configuration.putAll(content.settings().configuration());
        content.added().keySet().stream()
                .filter(SubmitLine::isMerged)
                .forEach(name -> configuration.put(name, content.added().get(name)));
        String ownOptions = configuration.getOrDefault(EXTRA_JAVA_OPTIONS, "");
        configuration.remove(EXTRA_JAVA_OPTIONS);

        List<String> line = beginning(content);
        properties(configuration, line);
        line.addAll(List.of("--driver-java-options", javaOptions(ownOptions, driver)));
        end(content, line);
        return line;
    }

    /**
     * A submit whose driver runs in the cluster.
     *
     * @param properties file with the properties that the executor adds, some of which may be secret and must not be on a command line
     */
    List<String> toCluster(Content content, Path properties) {
        Map<String, String> configuration =
                new LinkedHashMap<>(content.settings().configuration());
        configuration
                .keySet()
                .removeIf(name -> isMerged(name) && content.added().containsKey(name));
        List<String> line = beginning(content);
        line.addAll(List.of("--deploy-mode", "cluster", "--properties-file", properties.toString()));
        content.settings()
                .resources()
                .driverCores()
                .ifPresent(cores -> line.addAll(List.of("--driver-cores", Integer.toString(cores))));
        properties(configuration, line);
        end(content, line);
        return line;
    }

    /** Properties of the step that the executor has put in another form. */
    private static boolean isMerged(String name) {
        return name.equals("spark.yarn.tags") || name.equals(SparkLineage.LISTENERS) || name.equals(EXTRA_JAVA_OPTIONS);
    }

    private List<String> beginning(Content content) {
        return new ArrayList<>(List.of(
                home.submitScript().toString(),
                "--master",
                content.master(),
                "--driver-memory",
                content.settings().resources().driverMemory()));
    }

    private static void properties(Map<String, String> configuration, List<String> line) {
        configuration.remove(StartupMode.PROPERTY);
        configuration.remove(SparkLineage.PACKAGES);
        configuration.remove(SparkLineage.JAR);
        configuration.forEach((name, value) -> line.addAll(List.of("--conf", name + "=" + value)));
    }

    private static void end(Content content, List<String> line) {
        line.addAll(ResourceOptions.of(content.settings()));
        line.addAll(DependencyOptions.of(content));
        if (!content.application().mainClass().isEmpty()) {
            line.addAll(List.of("--class", content.application().mainClass()));
        }
        line.add(content.application().application());
        line.addAll(content.application().arguments());
    }

    static boolean isLocal(String master) {
        return master.equals("local") || master.startsWith("local[");
    }

    /** As many partitions as cores: the usual 200 would cost a short step seconds. */
    private static Map<String, String> localDefaults(String master, Path scratch) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("spark.ui.enabled", "false");
        defaults.put("spark.sql.shuffle.partitions", Integer.toString(Math.max(FEWEST_PARTITIONS, cores(master))));
        defaults.put("spark.driver.bindAddress", "127.0.0.1");
        defaults.put("spark.driver.host", "127.0.0.1");
        defaults.put("spark.local.dir", scratch.resolve("local").toString());
        defaults.put("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString());
        return defaults;
    }

    private static int cores(String master) {
        Matcher matcher = LOCAL_CORES.matcher(master);
        if (!matcher.matches()) {
            return 1;
        }
        return matcher.group(1).equals("*")
                ? Runtime.getRuntime().availableProcessors()
                : Integer.parseInt(matcher.group(1));
    }

    /** The step's own options come last, where the Java runtime lets them win. */
    private String javaOptions(String ownOptions, Driver driver) {
        List<String> options = new ArrayList<>();
        if (!JavaOptions.chooseCollector(ownOptions)) {
            options.addAll(driver.mode().collectorOptions());
        }
        options.addAll(driver.mode().compilerOptions());
        options.addAll(driver.archiveOptions());
        options.add(logOption());
        options.add("-Djava.io.tmpdir=" + driver.scratch());
        String ours = JavaOptions.join(options);
        return ownOptions.isBlank() ? ours : ours + " " + ownOptions;
    }

    /** Points Spark to what it logs. */
    String logOption() {
        return "-Dlog4j2.configurationFile=" + logConfiguration.toUri();
    }
}
