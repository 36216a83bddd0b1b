package io.tidegate.scheduler.truth;

import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.truth.TruthReport.AskedCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at both sides at bounded intervals and puts right what does not go together. A contradiction has to stand for a while before
 * anything is done: the two sides are never read at the same instant. Runs are asked to look at their jobs again; jobs that nobody here
 * knows, or whose attempt is over, are reported and, after a grace period, ended; those that do not say which Tidegate made them are
 * reported alone. Safe for use by several threads.
 */
public final class TruthKeeper {
    private static final System.Logger LOG = System.getLogger(TruthKeeper.class.getName());

    private final Supplier<Collection<Executor>> executors;
    private final AttemptBooks books;
    private final Consumer<BookedAttempt> lookAgain;
    private final Patience patience;
    private final InstantSource clock;
    private final Map<LaunchKey, TruthRow> before = new HashMap<>();
    private final Set<LaunchKey> reported = new HashSet<>();
    private volatile TruthReport newest;

    /**
     * @param confirmed how long a contradiction stands before a run is asked to look
     * @param outlived how long a job whose attempt is over stays before it is ended
     * @param orphan how long a job of ours that our books do not know stays before it is ended; without it such jobs are only reported
     */
    public record Patience(Duration confirmed, Duration outlived, Optional<Duration> orphan) {
        public static final Patience DEFAULT =
                new Patience(Duration.ofSeconds(20), Duration.ofMinutes(10), Optional.of(Duration.ofMinutes(10)));

        public Patience {
            Objects.requireNonNull(confirmed, "confirmed");
            Objects.requireNonNull(outlived, "outlived");
            Objects.requireNonNull(orphan, "orphan");
        }

        private boolean isOver(Verdict verdict, Duration stood) {
            Optional<Duration> grace = verdict == Verdict.ORPHAN ? orphan : Optional.of(outlived);
            return verdict.isJobToEnd()
                    && grace.filter(longest -> stood.compareTo(longest) >= 0).isPresent();
        }
    }

    /**
     * @param executors whom to ask
     * @param lookAgain lets the run of an attempt ask its executor; nothing happens when another node owns the run
     */
    public TruthKeeper(
            Supplier<Collection<Executor>> executors,
            AttemptBooks books,
            Consumer<BookedAttempt> lookAgain,
            Patience patience,
            InstantSource clock) {
        this.executors = Objects.requireNonNull(executors, "executors");
        this.books = Objects.requireNonNull(books, "books");
        this.lookAgain = Objects.requireNonNull(lookAgain, "lookAgain");
        this.patience = Objects.requireNonNull(patience, "patience");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.newest = new TruthReport(clock.instant(), List.of(), List.of());
    }

    /** The newest look, whoever asked for it. Waits for no look that is going on. */
    public TruthReport newest() {
        return newest;
    }

    /** Looks at both sides now and changes nothing. May take as long as the slowest cluster takes to answer. */
    public synchronized TruthReport look() {
        return look(new HashMap<>());
    }

    /** Looks, reports what is new, and puts right what has stood long enough. */
    public synchronized void round() {
        Map<LaunchKey, Executor> owners = new HashMap<>();
        TruthReport report = look(owners);
        report.rows().stream().filter(row -> row.verdict().isDisagreement()).forEach(row -> {
            Duration stood = Duration.between(row.since(), report.lookedAt());
            if (!row.verdict().isRunToLook()) {
                endOrReport(row, stood, owners.get(row.key()));
            } else if (stood.compareTo(patience.confirmed()) >= 0) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "attempt {0}: {1}",
                        row.key(),
                        row.verdict().sentence());
                row.ours().ifPresent(lookAgain);
            }
        });
        reported.retainAll(before.keySet());
    }

    private void endOrReport(TruthRow row, Duration stood, Executor executor) {
        if (patience.isOver(row.verdict(), stood)) {
            LOG.log(System.Logger.Level.WARNING, "job {0} of {1} is ended: {2}", what(row));
            executor.cancel(row.theirs().orElseThrow().job());
        } else if (stood.compareTo(patience.confirmed()) >= 0 && reported.add(row.key())) {
            LOG.log(System.Logger.Level.WARNING, "job {0} of {1}: {2}", what(row));
        }
    }

    private static Object[] what(TruthRow row) {
        return new Object[] {row.key(), where(row), row.verdict().sentence()};
    }

    private static String where(TruthRow row) {
        return row.executor() + "/" + row.cluster();
    }

    private TruthReport look(Map<LaunchKey, Executor> owners) {
        Instant now = clock.instant();
        List<BookedAttempt> going = books.going();
        List<AskedCluster> asked = new ArrayList<>();
        List<TruthRow> rows = new ArrayList<>();
        for (Executor executor : executors.get()) {
            List<ClusterListing> listings = listings(executor);
            listings.forEach(listing -> asked.add(new AskedCluster(
                    executor.name(), listing.cluster(), listing.jobs().size(), listing.problem())));
            Map<LaunchKey, BookedAttempt> booked = booked(executor.name(), going, listings);
            for (TruthRow row : TruthComparison.compare(executor.name(), listings, booked, now)) {
                rows.add(row.since(since(row, now)));
                owners.put(row.key(), executor);
            }
        }
        before.clear();
        rows.forEach(row -> before.put(row.key(), row));
        newest = new TruthReport(now, asked, rows);
        return newest;
    }

    private static List<ClusterListing> listings(Executor executor) {
        try {
            return executor.list();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "executor " + executor.name() + " failed to list its jobs", bug);
            return List.of(ClusterListing.unknown("", "executor " + executor.name() + " failed: " + bug.getMessage()));
        }
    }

    /** The books are read before the listings and again after them, so that an attempt that ended in between is not called missing. */
    private Map<LaunchKey, BookedAttempt> booked(
            String executor, List<BookedAttempt> going, List<ClusterListing> listings) {
        Set<LaunchKey> keys = new HashSet<>();
        listings.forEach(
                listing -> listing.jobs().forEach(job -> keys.add(job.job().key())));
        going.stream()
                .filter(attempt -> attempt.executor().equals(executor))
                .forEach(attempt -> keys.add(attempt.key()));
        Map<LaunchKey, BookedAttempt> booked = new HashMap<>();
        if (!keys.isEmpty()) {
            books.known(keys).forEach(attempt -> booked.put(attempt.key(), attempt));
        }
        return booked;
    }

    private Instant since(TruthRow row, Instant now) {
        return Optional.ofNullable(before.get(row.key()))
                .filter(earlier -> earlier.verdict() == row.verdict())
                .map(TruthRow::since)
                .orElse(now);
    }
}
