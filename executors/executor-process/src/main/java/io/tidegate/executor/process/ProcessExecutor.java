package io.tidegate.executor.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs attempts as local processes on Linux. Each one is the leader of a session of its own, reads nothing, and has its log and exit
 * code in files of its attempt folder; it goes on when the server dies. Launching is idempotent: the launcher claims the attempt
 * by creating a file, and a second claim fails. Safe for use by several threads.
 */
public final class ProcessExecutor implements Executor {
    private static final System.Logger LOG = System.getLogger(ProcessExecutor.class.getName());
    private static final Duration TIME_BETWEEN_TIDYING = Duration.ofSeconds(1);
    private static final Duration TIME_TO_DRAIN = Duration.ofSeconds(5);
    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private final ProcessSettings settings;
    private final InstantSource clock;
    private final Attempts attempts;
    private final Launcher launcher;
    private final ProcessStarter starter;
    private final ScheduledExecutorService watchThread;
    private final ScheduledExecutorService stopThread;
    private final JobWatcher watcher;
    private final Stopper stopper;
    private final LivingJobs living;

    /**
     * @param clock for the time of launch in the attempt's folder
     * @throws java.io.UncheckedIOException when the folder of the attempts cannot be written
     * @throws IllegalStateException when the machine lacks a program that every launch needs
     */
    public ProcessExecutor(ProcessSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.attempts = new Attempts(settings.attempts());
        attempts.make();
        this.watchThread = thread(settings.name() + "-watch");
        this.stopThread = thread(settings.name() + "-stop");
        ProcessTable table = new ProcessTable(settings.attempts());
        this.stopper = new Stopper(attempts, table, settings.grace(), stopThread);
        this.living = new LivingJobs(settings.name(), settings.installation(), attempts, table);
        this.watcher = new JobWatcher(
                attempts, stopper, settings.pollInterval(), settings.grace().plus(TIME_TO_DRAIN), watchThread);
        this.launcher = new Launcher(Tools.ofThisMachine(), settings, watcher);
        this.starter = new ProcessStarter(launcher);
        long tidyMillis = TIME_BETWEEN_TIDYING.toMillis();
        var unused = watchThread.scheduleWithFixedDelay(launcher::tidy, tidyMillis, tidyMillis, TimeUnit.MILLISECONDS);
    }

    /** Drops what comes after its shutdown: the next server will see to it. */
    private static ScheduledExecutorService thread(String name) {
        return new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread thread = new Thread(work, "tidegate-" + name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public String name() {
        return settings.name();
    }

    /** The folder of a launch key, whether it is there or not. */
    public AttemptFolder folder(LaunchKey key) {
        return attempts.folder(key);
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        LaunchResult result = tryToLaunch(request);
        return result instanceof LaunchResult.Rejected rejected ? forGood(request.key(), rejected) : result;
    }

    /**
     * Sees to it that what was rejected stays so: a server that was frozen for long may still be about to launch the same, and find that it can.
     * On a disk so full that not even an empty file can be made, such a launch cannot make its claim either.
     */
    private LaunchResult forGood(LaunchKey key, LaunchResult.Rejected rejected) {
        return !forgo(key) && find(key) instanceof FindResult.Found found
                ? new LaunchResult.Accepted(found.job())
                : rejected;
    }

    private LaunchResult tryToLaunch(LaunchRequest request) {
        LaunchKey key = request.key();
        try {
            Optional<ExternalJob> adopted = attempts.job(key);
            if (adopted.isPresent()) {
                return new LaunchResult.Accepted(adopted.get());
            }
        } catch (IOException e) {
            return new LaunchResult.Unknown("cannot read the attempt's folder: " + e);
        }
        if (!(request.workload() instanceof Workload.CommandLine commandLine)) {
            return new LaunchResult.Rejected(
                    FailureKind.USER,
                    "executor '" + name() + "' starts commands, and the step of attempt " + key + " has none");
        }
        AttemptFolder folder = attempts.folder(key);
        Command asked = command(request, commandLine);
        Optional<LaunchResult.Rejected> refusal = asked.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Command command = asked.resolved();
        try {
            folder.prepare(intent(request, command), request.specification());
        } catch (IOException e) {
            return new LaunchResult.Rejected(
                    FailureKind.PLATFORM, "cannot write the attempt's folder " + folder.path() + ": " + e);
        }
        return start(key, folder, command);
    }

    /** Why a command could not be started; empty when nothing speaks against it. Starts nothing. */
    public Optional<LaunchResult.Rejected> refusal(LaunchRequest request) {
        return request.workload() instanceof Workload.CommandLine commandLine
                ? command(request, commandLine).refusal()
                : Optional.empty();
    }

    private Command command(LaunchRequest request, Workload.CommandLine commandLine) {
        return new Command(
                commandLine.arguments(),
                StepEnvironment.of(request, settings.installation(), attempts.folder(request.key()), System.getenv()),
                Path.of(request.workingDirectory()));
    }

    private LaunchResult start(LaunchKey key, AttemptFolder folder, Command command) {
        ProcessStarter.Start start = starter.start(key, folder, command);
        if (start instanceof ProcessStarter.Start.Claimed claimed) {
            return new LaunchResult.Accepted(attempts.job(key, claimed.identity()));
        }
        if (start instanceof ProcessStarter.Start.Failed failed) {
            return new LaunchResult.Rejected(FailureKind.PLATFORM, failed.message());
        }
        return new LaunchResult.Unknown("the launcher was asked to start attempt " + key + " and does not answer");
    }

    /** Names of variables only: their values may be secrets. */
    private String intent(LaunchRequest request, Command command) throws JsonProcessingException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("launchKey", request.key().value());
        document.put("dag", request.identity().dag().value());
        document.put("run", request.identity().runId());
        document.put("step", request.identity().step().value());
        document.put("attempt", request.identity().number());
        document.put("executor", name());
        document.put("command", command.arguments());
        document.put("workingDirectory", command.workingDirectory().toString());
        document.put(
                "environment", command.environment().keySet().stream().sorted().toList());
        document.put("launchedAt", clock.instant().toString());
        return JSON.writeValueAsString(document);
    }

    @Override
    public FindResult find(LaunchKey key) {
        try {
            return attempts.job(key).<FindResult>map(FindResult.Found::new).orElseGet(FindResult.NotFound::new);
        } catch (IOException e) {
            return new FindResult.Unknown("cannot read the attempt's folder: " + e);
        }
    }

    @Override
    public boolean forgo(LaunchKey key) {
        try {
            return attempts.folder(key).claimForNobody() || attempts.job(key).isEmpty();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "nobody is kept from starting " + key + ", which was rejected or given up",
                    e);
            return true;
        }
    }

    /**
     * How the process of a launch key ended, seen now; absent while it runs.
     *
     * @throws IOException when the attempt's folder cannot be read
     */
    public Optional<Observation.Ended> end(LaunchKey key) throws IOException {
        return attempts.status(key).ended();
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        watcher.watch(job.key(), listener);
    }

    @Override
    public void cancel(ExternalJob job) {
        stopper.stop(job.key());
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return attempts.folder(key).output();
    }

    @Override
    public List<ClusterListing> list() {
        return List.of(living.list());
    }

    @Override
    public void close() {
        launcher.close();
        watchThread.shutdownNow();
        stopThread.shutdownNow();
    }
}
