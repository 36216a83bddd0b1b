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
 * Puts the command line of one spark-submit together: defaults that suit local mode, over them what the step says, and the driver's Java
 * options, which have to be on the command line because the driver's virtual machine is the one that spark-submit starts.
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
     * @param scratch folder of the attempt for spilled data and everything else that need not stay
     * @param mode what the driver's virtual machine is tuned for
     * @param archiveOptions Java options that make use of an archive; none when there is none
     */
    List<String> of(
            ExecutorSettings.Spark settings,
            Workload.SparkApplication application,
            Path scratch,
            StartupMode mode,
            List<String> archiveOptions) {
        Map<String, String> configuration = new LinkedHashMap<>();
        if (isLocal(settings.master())) {
            configuration.putAll(localDefaults(settings.master(), scratch));
        }
        configuration.putAll(settings.configuration());
        configuration.remove(StartupMode.PROPERTY);
        String ownOptions = configuration.getOrDefault(EXTRA_JAVA_OPTIONS, "");
        configuration.remove(EXTRA_JAVA_OPTIONS);

        List<String> line = new ArrayList<>(List.of(
                home.submitScript().toString(),
                "--master",
                settings.master(),
                "--driver-memory",
                settings.driverMemory()));
        configuration.forEach((name, value) -> line.addAll(List.of("--conf", name + "=" + value)));
        line.addAll(List.of("--driver-java-options", javaOptions(ownOptions, scratch, mode, archiveOptions)));
        if (!application.mainClass().isEmpty()) {
            line.addAll(List.of("--class", application.mainClass()));
        }
        if (!application.jars().isEmpty()) {
            line.addAll(List.of("--jars", String.join(",", application.jars())));
        }
        line.add(application.application());
        line.addAll(application.arguments());
        return line;
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
    private String javaOptions(String ownOptions, Path scratch, StartupMode mode, List<String> archiveOptions) {
        List<String> options = new ArrayList<>();
        if (!JavaOptions.chooseCollector(ownOptions)) {
            options.addAll(mode.collectorOptions());
        }
        options.addAll(mode.compilerOptions());
        options.addAll(archiveOptions);
        options.add("-Dlog4j2.configurationFile=" + logConfiguration.toUri());
        options.add("-Djava.io.tmpdir=" + scratch);
        String ours = JavaOptions.join(options);
        return ownOptions.isBlank() ? ours : ours + " " + ownOptions;
    }
}
