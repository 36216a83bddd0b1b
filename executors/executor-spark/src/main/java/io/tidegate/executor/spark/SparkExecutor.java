package io.tidegate.executor.spark;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.ProcessExecutor;
import io.tidegate.executor.process.ProcessSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs attempts as Spark applications, each a spark-submit of its own in local mode, started, found, watched and ended as a local process.
 * Safe for use by several threads.
 */
public final class SparkExecutor implements Executor {
    private static final String NAME = "spark";
    private static final String CONFIGURATION_VARIABLE = "SPARK_CONF_DIR";
    private static final List<String> JAVA_IS_FOUND_BY = List.of("PATH", "JAVA_HOME");

    private final SparkSettings settings;
    private final ProcessExecutor processes;
    private final ClassDataArchives archives;
    private final SparkFiles files;
    private final SubmitLine submitLine;

    /**
     * @param processSettings how the processes are run; the name in it does not count
     * @param clock for the time of launch in the attempt's folder
     * @throws java.io.UncheckedIOException when the folder of the attempts or the cache cannot be written
     */
    public SparkExecutor(SparkSettings settings, ProcessSettings processSettings, InstantSource clock) {
        this(settings, processSettings, clock, ClassList.bundled());
    }

    SparkExecutor(SparkSettings settings, ProcessSettings processSettings, InstantSource clock, ClassList classList) {
        this.settings = settings;
        this.processes = new ProcessExecutor(processSettings.withName(NAME), clock);
        this.files = SparkFiles.install(settings.cache());
        this.archives = new ClassDataArchives(settings.home(), files.emptyConfiguration(), settings.cache(), classList);
        this.submitLine = new SubmitLine(settings.home(), files.logConfiguration());
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Makes the class-data archive in the background, unless it is there already. Launches do it too; a server that calls this when it
     * starts has the archive sooner.
     *
     * @return completes with whether there is an archive
     */
    public CompletableFuture<Boolean> prepare() {
        boolean never = settings.archives() == SparkSettings.Archives.NEVER;
        if (never || settings.home().problem().isPresent() || isConfigured()) {
            return CompletableFuture.completedFuture(false);
        }
        Map<String, String> environment = withInherited(addedEnvironment(Map.of()));
        return JavaRuntime.find(environment)
                .map(java -> archives.make(java, environment).thenApply(Optional::isPresent))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        if (processes.find(request.key()) instanceof FindResult.Found found) {
            return new LaunchResult.Accepted(found.job());
        }
        if (!(request.workload() instanceof Workload.SparkApplication application)
                || !(request.settings() instanceof ExecutorSettings.Spark spark)) {
            return rejected(
                    FailureKind.USER,
                    "executor 'spark' submits Spark applications, and the step of attempt " + request.key()
                            + " has none");
        }
        Map<String, String> environment = addedEnvironment(request.environment());
        Optional<JavaRuntime> java = JavaRuntime.find(withInherited(environment));
        Optional<LaunchResult.Rejected> refusal = refusal(spark, application, java);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Path scratch = processes.folder(request.key()).scratch();
        StartupMode mode = Optional.ofNullable(spark.configuration().get(StartupMode.PROPERTY))
                .flatMap(StartupMode::named)
                .orElseGet(() -> StartupMode.usual(spark.master(), spark.driverMemory()));
        try {
            processes.folder(request.key()).makeScratch();
            List<String> line = submitLine.of(
                    spark, application, scratch, mode, archiveOptions(spark, java.orElseThrow(), environment));
            return processes.launch(request.with(new Workload.CommandLine(line), environment));
        } catch (IOException e) {
            return rejected(
                    FailureKind.PLATFORM, "cannot prepare the attempt's folder " + scratch.getParent() + ": " + e);
        } catch (IllegalArgumentException e) {
            return rejected(FailureKind.PLATFORM, e.getMessage());
        }
    }

    private Optional<LaunchResult.Rejected> refusal(
            ExecutorSettings.Spark spark, Workload.SparkApplication application, Optional<JavaRuntime> java) {
        Optional<String> homeProblem = settings.home().problem();
        if (homeProblem.isPresent()) {
            return Optional.of(rejected(FailureKind.PLATFORM, homeProblem.get()));
        }
        if (java.isEmpty()) {
            return Optional.of(
                    rejected(
                            FailureKind.PLATFORM,
                            "Spark needs Java, which is neither in JAVA_HOME nor on the PATH: apt-get install openjdk-17-jdk-headless"));
        }
        String mode = spark.configuration().get(StartupMode.PROPERTY);
        if (mode != null && StartupMode.named(mode).isEmpty()) {
            return Optional.of(rejected(
                    FailureKind.USER,
                    StartupMode.PROPERTY + " must be " + StartupMode.names() + ", not '" + mode + "'"));
        }
        return ApplicationFiles.problem(application).map(problem -> rejected(FailureKind.USER, problem));
    }

    /** What the step adds, and what points Spark to its home and to this machine. */
    private Map<String, String> addedEnvironment(Map<String, String> added) {
        Map<String, String> environment = new LinkedHashMap<>(added);
        environment.put(SparkHome.VARIABLE, settings.home().path().toString());
        // Spark would otherwise look the machine's name up, and warn when it is that of the loopback interface.
        environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        if (!isConfigured()) {
            // A folder with files on the class path, and be it templates, makes the Java runtime refuse every archive.
            environment.putIfAbsent(
                    CONFIGURATION_VARIABLE, files.emptyConfiguration().toString());
        }
        return environment;
    }

    /** All that matters of what spark-submit starts with: what finds Java, and what was added. */
    private static Map<String, String> withInherited(Map<String, String> added) {
        Map<String, String> environment = new LinkedHashMap<>();
        JAVA_IS_FOUND_BY.forEach(
                name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value)));
        environment.putAll(added);
        return environment;
    }

    private boolean isConfigured() {
        try {
            return settings.home().isConfigured();
        } catch (IOException e) {
            return true;
        }
    }

    private List<String> archiveOptions(
            ExecutorSettings.Spark spark, JavaRuntime java, Map<String, String> environment) {
        String ownOptions = spark.configuration().getOrDefault(SubmitLine.EXTRA_JAVA_OPTIONS, "");
        boolean ownClassPath = spark.configuration().containsKey("spark.driver.extraClassPath");
        boolean ownConfiguration =
                !files.emptyConfiguration().toString().equals(environment.get(CONFIGURATION_VARIABLE));
        if (JavaOptions.shareClassData(ownOptions) || ownClassPath || ownConfiguration) {
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

    private static LaunchResult.Rejected rejected(FailureKind kind, String message) {
        return new LaunchResult.Rejected(kind, message);
    }

    @Override
    public FindResult find(LaunchKey key) {
        return processes.find(key);
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        processes.watch(job, (key, observation) -> {
            if (observation instanceof Observation.Ended) {
                // A driver that was killed leaves its spilled data behind.
                FileTrees.delete(processes.folder(key).scratch());
            }
            listener.observed(key, observation);
        });
    }

    @Override
    public void cancel(ExternalJob job) {
        processes.cancel(job);
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return processes.output(key);
    }

    @Override
    public List<ClusterListing> list() {
        return processes.list();
    }

    @Override
    public void close() {
        archives.close();
        processes.close();
    }
}
