package io.tidegate.scheduler.progress;

import io.tidegate.executor.Executor;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks how far running attempts are: first what the program itself reports, then its executor. A round only hands out questions. Each place
 * is asked by two threads at most, and one that has not answered all questions of a round is left out of the next, so that it delays nobody
 * but itself. Safe for use by several threads.
 */
public final class ProgressKeeper {
    private static final System.Logger LOG = System.getLogger(ProgressKeeper.class.getName());

    private final Function<String, Optional<Executor>> executors;
    private final RunningAttempts attempts;
    private final ReportedProgress reports;
    private final Listener listener;
    private final java.util.concurrent.Executor threads;
    private final ProgressBoard board = new ProgressBoard();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /** Told of what is new. */
    @FunctionalInterface
    public interface Listener {
        /** Called on a thread that asks; must return quickly and not throw. */
        void changed(RunningAttempt attempt, JobProgress progress);
    }

    /**
     * @param executors the executor of a name
     * @param threads what asks; bounds how many places are asked at the same time
     */
    public ProgressKeeper(
            Function<String, Optional<Executor>> executors,
            RunningAttempts attempts,
            ReportedProgress reports,
            Listener listener,
            java.util.concurrent.Executor threads) {
        this.executors = Objects.requireNonNull(executors, "executors");
        this.attempts = Objects.requireNonNull(attempts, "attempts");
        this.reports = Objects.requireNonNull(reports, "reports");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.threads = Objects.requireNonNull(threads, "threads");
    }

    /** What is known now. */
    public ProgressBoard board() {
        return board;
    }

    /** Lets everybody be asked who is not being asked still. Waits for no answer. */
    public synchronized void round() {
        List<RunningAttempt> running = attempts.running();
        board.keepOnly(running);
        Map<String, List<RunningAttempt>> byPlace =
                running.stream().collect(Collectors.groupingBy(RunningAttempt::place));
        places.values().removeIf(place -> place.isIdle() && !byPlace.containsKey(place.name()));
        byPlace.forEach((name, there) -> places.computeIfAbsent(name, first -> new Place(name, this::ask, threads))
                .ask(there));
    }

    private void ask(RunningAttempt attempt) {
        try {
            executors
                    .apply(attempt.executor())
                    .flatMap(executor -> progress(executor, attempt))
                    .filter(progress -> board.put(attempt, progress))
                    .ifPresent(progress -> listener.changed(attempt, progress));
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.WARNING, "cannot ask how far attempt " + attempt.key() + " is", bug);
        }
    }

    private Optional<JobProgress> progress(Executor executor, RunningAttempt attempt) {
        return reported(executor, attempt.key()).or(() -> executor.progress(attempt.job()));
    }

    private Optional<JobProgress> reported(Executor executor, LaunchKey key) {
        try {
            return reports.of(key, executor.output(key));
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "cannot read what attempt " + key + " reports", unreadable);
            return Optional.empty();
        }
    }
}
