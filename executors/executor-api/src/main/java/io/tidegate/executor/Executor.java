package io.tidegate.executor;

import java.util.List;
import java.util.Optional;

/**
 * Starts attempts somewhere and tells how they fare. Implementations are safe for use by several threads and answer every method
 * again after a restart of the server from the launch key alone.
 */
public interface Executor extends AutoCloseable {
    /** The name by which DAGs choose it, for example {@code process}. */
    String name();

    /**
     * Starts the job of a launch key, or adopts the one that is already there. May block for as long as the other side takes to
     * accept; never throws for what the other side does.
     */
    LaunchResult launch(LaunchRequest request);

    /** Looks for the job of a launch key. */
    FindResult find(LaunchKey key);

    /**
     * Gives up a launch that got no answer and of which there is no job: from now on none under this key starts anything, as far as the
     * executor can see to that.
     *
     * @return whether there is no job; false when it came after all
     */
    default boolean forgo(LaunchKey key) {
        return true;
    }

    /**
     * Watches a job until it ends: the listener hears of exactly one {@link Observation.Ended}, at once when the job has ended before. Watching
     * a job that is watched already replaces the listener.
     */
    void watch(ExternalJob job, ObservationListener listener);

    /**
     * Asks the job to end, with a grace period before force. Returns at once; the end is heard through the watch. A job that has ended
     * stays as it ended.
     */
    void cancel(ExternalJob job);

    /** Whether a job takes one of the places that bound how many attempts work at once. One that only waits takes none. */
    default boolean takesPlace() {
        return true;
    }

    /** What the attempt of a launch key wrote. */
    AttemptOutput output(LaunchKey key);

    /**
     * Asks each cluster for everything of this installation that it has, running or ended and not yet cleared away; never for another
     * installation's. Jobs without any mark are listed as such. May block for as long as the other side takes to answer; a cluster that does
     * not answer is listed with its problem.
     */
    List<ClusterListing> list();

    /** How far a running job is, asked of the other side when somebody looks; empty when nobody can say. */
    default Optional<JobProgress> progress(ExternalJob job) {
        return Optional.empty();
    }

    /** Stops watching. Jobs go on: the next server adopts them. */
    @Override
    void close();
}
