package io.tidegate.executor.spark;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Workload;
import io.tidegate.executor.process.AttemptFolder;
import io.tidegate.executor.process.ProcessExecutor;
import io.tidegate.executor.spark.cluster.SparkCluster;
import io.tidegate.executor.spark.cluster.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns launch requests into submits, or says why there is none. */
final class Launches {
    private final Destinations destinations;
    private final LocalDrivers drivers;
    private final ProcessExecutor processes;
    private final SparkFiles files;

    Launches(Destinations destinations, LocalDrivers drivers, ProcessExecutor processes, SparkFiles files) {
        this.destinations = destinations;
        this.drivers = drivers;
        this.processes = processes;
        this.files = files;
    }

    /** One launch with all that is known before anything is started. */
    private record Plan(
            LaunchRequest request,
            ExecutorSettings.Spark settings,
            Workload.SparkApplication application,
            Destination destination,
            Map<String, String> environment) {
        SparkHome home() {
            return destination.profile().home();
        }
    }

    LaunchResult launch(LaunchRequest request) {
        if (!(request.workload() instanceof Workload.SparkApplication application)
                || !(request.settings() instanceof ExecutorSettings.Spark spark)) {
            return rejected(
                    FailureKind.USER,
                    "executor 'spark' submits Spark applications, and the step of attempt " + request.key()
                            + " has none");
        }
        Destination destination;
        try {
            destination = destinations.of(spark.target());
        } catch (IllegalArgumentException e) {
            return rejected(FailureKind.USER, e.getMessage());
        }
        Plan plan = new Plan(
                request,
                spark,
                application,
                destination,
                drivers.environment(destination.profile(), destination.isLocal(), request.environment()));
        Optional<JavaRuntime> java = JavaRuntime.find(LocalDrivers.withInherited(plan.environment()));
        Optional<LaunchResult.Rejected> refusal = refusal(plan, java);
        return refusal.<LaunchResult>map(rejected -> rejected).orElseGet(() -> start(plan, java.orElseThrow()));
    }

    private LaunchResult start(Plan plan, JavaRuntime java) {
        AttemptFolder folder = processes.folder(plan.request().key());
        SubmitLine submitLine = new SubmitLine(plan.home(), files.logConfiguration());
        try {
            folder.makeScratch();
            if (!plan.destination().isLocal()) {
                SubmitRecord.of(plan.destination()).write(folder);
            }
            if (plan.destination().inCluster()) {
                Workload.SparkApplication submitted =
                        cluster(plan).orElseThrow().submitted(submission(plan));
                List<String> line = submitLine.toCluster(content(plan, submitted), writeProperties(plan, folder));
                return processes.launch(plan.request()
                        .with(
                                new Workload.CommandLine(line),
                                ClusterSubmits.environment(plan.environment(), submitLine)));
            }
            SubmitLine.Driver driver = new SubmitLine.Driver(
                    folder.scratch(),
                    mode(plan),
                    drivers.archiveOptions(plan.settings(), plan.home(), java, plan.environment()));
            List<String> line = submitLine.here(content(plan, plan.application()), driver);
            return processes.launch(plan.request().with(new Workload.CommandLine(line), plan.environment()));
        } catch (IOException e) {
            return rejected(FailureKind.PLATFORM, "cannot prepare the attempt's folder " + folder.path() + ": " + e);
        } catch (IllegalArgumentException e) {
            return rejected(FailureKind.PLATFORM, e.getMessage());
        }
    }

    private Path writeProperties(Plan plan, AttemptFolder folder) throws IOException {
        return ClusterSubmits.writeProperties(
                folder,
                LocalDrivers.configurationFolder(plan.destination().profile(), plan.environment()),
                added(plan));
    }

    private SubmitLine.Content content(Plan plan, Workload.SparkApplication submitted) {
        return new SubmitLine.Content(
                plan.destination().master(),
                plan.settings(),
                submitted,
                Path.of(plan.request().workingDirectory()),
                added(plan));
    }

    private Map<String, String> added(Plan plan) {
        Map<String, String> lineage = SparkLineage.properties(
                plan.settings(),
                plan.home(),
                plan.environment(),
                plan.destination().inCluster());
        return cluster(plan)
                .map(cluster -> ClusterSubmits.added(cluster, submission(plan), lineage))
                .orElse(lineage);
    }

    private Optional<SparkCluster> cluster(Plan plan) {
        return destinations.cluster(
                plan.destination().profile(), plan.destination().master());
    }

    private Submission submission(Plan plan) {
        return ClusterSubmits.submission(
                plan.request(),
                plan.application(),
                plan.destination().inCluster(),
                processes.folder(plan.request().key()),
                plan.settings().configuration());
    }

    private static StartupMode mode(Plan plan) {
        return Optional.ofNullable(plan.settings().configuration().get(StartupMode.PROPERTY))
                .flatMap(StartupMode::named)
                .orElseGet(() -> StartupMode.usual(
                        plan.destination().master(), plan.settings().resources().driverMemory()));
    }

    private Optional<LaunchResult.Rejected> refusal(Plan plan, Optional<JavaRuntime> java) {
        Optional<String> homeProblem = plan.home().problem();
        if (homeProblem.isPresent()) {
            return Optional.of(rejected(FailureKind.PLATFORM, homeProblem.get()));
        }
        if (java.isEmpty()) {
            return Optional.of(
                    rejected(
                            FailureKind.PLATFORM,
                            "Spark needs Java, which is neither in JAVA_HOME nor on the PATH: apt-get install openjdk-17-jdk-headless"));
        }
        return Stream.of(
                        modeProblem(plan.settings()),
                        secretsProblem(plan),
                        ApplicationFiles.problem(plan.application()),
                        ApplicationFiles.problem(
                                plan.settings().dependencies(),
                                Path.of(plan.request().workingDirectory())),
                        pythonProblem(plan),
                        SparkLineage.problem(
                                plan.settings(),
                                plan.environment(),
                                plan.destination().inCluster()),
                        cluster(plan).flatMap(cluster -> cluster.refusal(submission(plan))))
                .flatMap(Optional::stream)
                .map(problem -> rejected(FailureKind.USER, problem))
                .findFirst()
                .or(() -> argumentProblem(plan));
    }

    /** What no program can be given is refused for drivers elsewhere too, whichever way they would get it. */
    private Optional<LaunchResult.Rejected> argumentProblem(Plan plan) {
        List<String> line = new ArrayList<>(List.of(plan.home().submitScript().toString()));
        line.addAll(plan.application().arguments());
        return processes.refusal(plan.request().with(new Workload.CommandLine(line), plan.environment()));
    }

    /** On Kubernetes Python comes with the driver's image. */
    private static Optional<String> pythonProblem(Plan plan) {
        return plan.destination().isKubernetes()
                ? Optional.empty()
                : ApplicationFiles.pythonProblem(plan.application(), plan.home());
    }

    /** What a submit gives a driver in a cluster, the cluster keeps and shows on its pages. */
    private static Optional<String> secretsProblem(Plan plan) {
        List<String> secrets =
                plan.request().surroundings().secrets().stream().sorted().toList();
        return plan.destination().inCluster() && !secrets.isEmpty()
                ? Optional.of(
                        "the secrets in " + String.join(", ", secrets)
                                + " would be seen by everybody who sees the cluster's jobs; run the driver here with deploy_mode: client")
                : Optional.empty();
    }

    private static Optional<String> modeProblem(ExecutorSettings.Spark spark) {
        return Optional.ofNullable(spark.configuration().get(StartupMode.PROPERTY))
                .filter(mode -> StartupMode.named(mode).isEmpty())
                .map(mode -> StartupMode.PROPERTY + " must be " + StartupMode.names() + ", not '" + mode + "'");
    }

    private static LaunchResult.Rejected rejected(FailureKind kind, String message) {
        return new LaunchResult.Rejected(kind, message);
    }
}
