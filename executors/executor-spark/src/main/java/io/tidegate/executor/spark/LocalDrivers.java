package io.tidegate.executor.spark;

import io.tidegate.dag.step.ExecutorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What drivers on this machine start with: their variables, and the class-data archive that makes them start fast. */
final class LocalDrivers implements AutoCloseable {
    private static final String CONFIGURATION_VARIABLE = "SPARK_CONF_DIR";
    private static final List<String> JAVA_IS_FOUND_BY = List.of("PATH", "JAVA_HOME");

    private final SparkSettings settings;
    private final SparkFiles files;
    private final ClassDataArchives archives;

    LocalDrivers(SparkSettings settings, SparkFiles files, ClassList classList) {
        this.settings = settings;
        this.files = files;
        this.archives = new ClassDataArchives(settings.home(), files.emptyConfiguration(), settings.cache(), classList);
    }

    /** Makes the archive in the background, unless it is there already; completes with whether there is one. */
    CompletableFuture<Boolean> prepare() {
        boolean never = settings.archives() == SparkSettings.Archives.NEVER;
        if (never || settings.home().problem().isPresent() || isConfigured(settings.home())) {
            return CompletableFuture.completedFuture(false);
        }
        Map<String, String> environment =
                withInherited(environment(SparkProfile.of(Destinations.OWN, settings.home()), true, Map.of()));
        return JavaRuntime.find(environment)
                .map(java -> archives.make(java, environment).thenApply(Optional::isPresent))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    /**
     * What the profile and the step add, and what points Spark to its home.
     *
     * @param onThisMachine whether nothing of the application runs elsewhere
     */
    Map<String, String> environment(SparkProfile profile, boolean onThisMachine, Map<String, String> added) {
        Map<String, String> environment = new LinkedHashMap<>(profile.environment());
        environment.putAll(added);
        environment.put(SparkHome.VARIABLE, profile.home().path().toString());
        if (onThisMachine) {
            // Spark would otherwise look the machine's name up, and warn when it is that of the loopback interface.
            environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        }
        if (!isConfigured(profile.home())) {
            // A folder with files on the class path, and be it templates, makes the Java runtime refuse every archive.
            environment.putIfAbsent(
                    CONFIGURATION_VARIABLE, files.emptyConfiguration().toString());
        }
        return environment;
    }

    /** The folder that Spark reads its defaults from. */
    static Path configurationFolder(SparkProfile profile, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(CONFIGURATION_VARIABLE))
                .map(Path::of)
                .orElseGet(() -> profile.home().configurationFolder());
    }

    /** All that matters of what spark-submit starts with: what finds Java, and what was added. */
    static Map<String, String> withInherited(Map<String, String> added) {
        Map<String, String> environment = new LinkedHashMap<>();
        JAVA_IS_FOUND_BY.forEach(
                name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value)));
        environment.putAll(added);
        return environment;
    }

    private static boolean isConfigured(SparkHome home) {
        try {
            return home.isConfigured();
        } catch (IOException e) {
            return true;
        }
    }

    /** Java options that make use of an archive; none when there is none, or it would not fit. */
    List<String> archiveOptions(
            ExecutorSettings.Spark spark, SparkHome home, JavaRuntime java, Map<String, String> environment) {
        String ownOptions = spark.configuration().getOrDefault(SubmitLine.EXTRA_JAVA_OPTIONS, "");
        boolean ownClassPath = spark.configuration().containsKey("spark.driver.extraClassPath");
        boolean ownConfiguration =
                !files.emptyConfiguration().toString().equals(environment.get(CONFIGURATION_VARIABLE));
        if (!home.equals(settings.home())
                || JavaOptions.shareClassData(ownOptions)
                || ownClassPath
                || ownConfiguration) {
            return List.of();
        }
        Optional<Path> archive = archives.find(java);
        if (archive.isEmpty() && settings.archives() == SparkSettings.Archives.IN_BACKGROUND) {
            // Not with the step's own variables: it would count as one of the step's processes, and end with it.
            var unused = prepare();
        }
        return archive.map(file -> List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:cds=off"))
                .orElseGet(List::of);
    }

    @Override
    public void close() {
        archives.close();
    }
}
