package io.tidegate.executor.testkit;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.ObservationListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An executor whose other side is the test: the test decides what comes of each launch, and when and how each job ends. It has no
 * threads of its own. Listeners are called on the thread that ends the job or that starts the watch, never with a lock held. Safe for
 * use by several threads.
 *
 * <p>{@link #restarted()} gives another executor over the same jobs, as a server finds them that comes up again.
 */
public final class FakeExecutor implements Executor {
    private final String name;
    private final FakeJobs jobs;
    private final FakeProgress progress = new FakeProgress();
    private final Map<LaunchKey, ObservationListener> listeners = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile boolean onlyWaits;

    public FakeExecutor(String name) {
        this(name, new FakeJobs());
    }

    private FakeExecutor(String name, FakeJobs jobs) {
        this.name = name;
        this.jobs = jobs;
    }

    @Override
    public String name() {
        return name;
    }

    // What the scheduler calls.

    @Override
    public boolean takesPlace() {
        return !onlyWaits;
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        return jobs.launch(request);
    }

    @Override
    public FindResult find(LaunchKey key) {
        return jobs.find(key);
    }

    @Override
    public boolean forgo(LaunchKey key) {
        return jobs.forgo(key);
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        jobs.recordWatch(job.key());
        listeners.put(job.key(), listener);
        deliver(job.key());
    }

    @Override
    public void cancel(ExternalJob job) {
        jobs.cancel(job.key()).ifPresent(ended -> end(job.key(), ended));
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return jobs.output(key);
    }

    @Override
    public List<ClusterListing> list() {
        return List.of(jobs.list());
    }

    @Override
    public Optional<JobProgress> progress(ExternalJob job) {
        return progress.of(job.key());
    }

    @Override
    public void close() {
        closed = true;
        listeners.clear();
    }

    // What the test decides.

    /** Decides what comes of the launches from now on; without it every launch is accepted and goes on until the test ends it. */
    public FakeExecutor answerLaunches(Function<LaunchRequest, LaunchAnswer> answer) {
        jobs.answerLaunches(answer);
        return this;
    }

    /** Lets launches block, after they were recorded and before anything is started, until {@link #releaseLaunches}. */
    public void holdLaunches() {
        jobs.holdLaunches();
    }

    /** Lets blocked launches go on. */
    public void releaseLaunches() {
        jobs.releaseLaunches();
    }

    /** From now on every find answers that the other side does not answer, or, with {@code false}, the truth again. */
    public void answerFindsUnknown(boolean unknown) {
        jobs.answerFindsUnknown(unknown);
    }

    /** Whether a cancelled job ends at once as if killed by SIGTERM (the default) or goes on until the test ends it. */
    public void endOnCancel(boolean end) {
        jobs.endOnCancel(end);
    }

    /** Tells the watcher that the job's program is running. */
    public void reportRunning(LaunchKey key) {
        jobs.requireStarted(key);
        Optional.ofNullable(listeners.get(key))
                .ifPresent(listener -> listener.observed(key, new Observation.Running()));
    }

    /** From now on its jobs only wait, and so take no place. */
    public void onlyWait() {
        onlyWaits = true;
    }

    /** Tells the watcher more about the job. */
    public void describe(LaunchKey key, Map<String, String> details) {
        jobs.requireStarted(key);
        Optional.ofNullable(listeners.get(key))
                .ifPresent(listener -> listener.observed(key, new Observation.Described(details)));
    }

    /** Puts a job on the other side that nobody here launched. */
    public void plant(LaunchKey key) {
        jobs.plant(key);
    }

    /** From now on a job is as far as told here. */
    public void progress(LaunchKey key, JobProgress told) {
        progress.tell(key, told);
    }

    /** Lets questions for the progress of any job block until {@link #releaseProgress}. */
    public void holdProgress() {
        progress.hold();
    }

    /** Lets blocked questions for progress go on. */
    public void releaseProgress() {
        progress.release();
    }

    /** How often anybody asked how far a job is. */
    public int progressQuestions() {
        return progress.questions();
    }

    /** Puts a job there that does not say which Tidegate made it. */
    public void plantUnmarked(LaunchKey key) {
        jobs.plantUnmarked(key);
    }

    /** Ends a job; one that has ended stays as it ended. */
    public void end(LaunchKey key, Observation.Ended ended) {
        jobs.end(key, ended);
        deliver(key);
    }

    public void succeed(LaunchKey key) {
        end(key, Observation.Ended.succeeded());
    }

    /** Ends a job as its own program's failure. */
    public void fail(LaunchKey key, int exitCode, String message) {
        end(key, Observation.Ended.failed(FailureKind.USER, exitCode, message));
    }

    /** Ends a job as gone without a trace. */
    public void lose(LaunchKey key) {
        end(key, Observation.Ended.lost("the job is gone"));
    }

    /** Adds to what the attempt reported. */
    public void report(LaunchKey key, String text) {
        jobs.output(key).appendReport(text);
    }

    /** Adds to the attempt's log. */
    public void log(LaunchKey key, String text) {
        jobs.output(key).appendLog(text);
    }

    /** Another executor over the same jobs, which watches nothing yet; this one hears of nothing any more. */
    public FakeExecutor restarted() {
        close();
        return new FakeExecutor(name, jobs);
    }

    // What the test looks at.

    /** Every launch that was asked for, in order, repeated ones too. */
    public List<LaunchRequest> launches() {
        return jobs.launches();
    }

    /** Keys of the jobs that were really started, in order; each appears once. */
    public List<LaunchKey> started() {
        return jobs.started();
    }

    /** Keys of the jobs that were started and have not ended, in order. */
    public List<LaunchKey> running() {
        return jobs.running();
    }

    public List<LaunchKey> finds() {
        return jobs.finds();
    }

    /** Keys that were given up. */
    public List<LaunchKey> forgone() {
        return jobs.forgone();
    }

    public List<LaunchKey> watches() {
        return jobs.watches();
    }

    public List<LaunchKey> cancels() {
        return jobs.cancels();
    }

    /** The newest launch of a step, whatever came of it. */
    public Optional<LaunchRequest> launchOf(String step) {
        return launches().stream()
                .filter(request -> request.identity().step().value().equals(step))
                .reduce((first, second) -> second);
    }

    /**
     * The launch key of the newest launch of a step.
     *
     * @throws IllegalStateException when the step was never launched
     */
    public LaunchKey keyOf(String step) {
        return launchOf(step)
                .orElseThrow(() -> new IllegalStateException("step '" + step + "' was never launched"))
                .key();
    }

    /** Removing the listener is what makes one delivery of the end: two threads cannot both remove it. */
    private void deliver(LaunchKey key) {
        Optional<Observation.Ended> ended = jobs.ended(key);
        if (closed || ended.isEmpty()) {
            return;
        }
        Optional.ofNullable(listeners.remove(key)).ifPresent(listener -> listener.observed(key, ended.get()));
    }
}
