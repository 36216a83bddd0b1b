package io.tidegate.scheduler.truth;

import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ClusterListing.ListedJob;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.state.AttemptState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the listings of one executor against the books. A pure function. */
final class TruthComparison {
    private static final Comparator<TruthRow> CONTRADICTIONS_FIRST = Comparator.comparing(
                    (TruthRow row) -> !row.verdict().isDisagreement())
            .thenComparing(TruthRow::key);

    private TruthComparison() {}

    /**
     * @param books attempts of this executor that go on, and those that are over and whose keys are listed
     * @return a row for each attempt that goes on and each job that does; jobs and attempts that are both over say nothing
     */
    static List<TruthRow> compare(
            String executor, List<ClusterListing> listings, Map<LaunchKey, BookedAttempt> books, Instant now) {
        boolean everybodyAnswered =
                listings.stream().allMatch(listing -> listing.problem().isEmpty());
        List<TruthRow> rows = new ArrayList<>();
        Set<LaunchKey> listed = new HashSet<>();
        for (ClusterListing listing : listings) {
            for (ListedJob job : listing.jobs()) {
                LaunchKey key = job.job().key();
                Optional<BookedAttempt> ours = Optional.ofNullable(books.get(key));
                listed.add(key);
                verdict(ours, job)
                        .ifPresent(verdict -> rows.add(
                                new TruthRow(key, executor, listing.cluster(), ours, Optional.of(job), verdict, now)));
            }
        }
        for (BookedAttempt attempt : books.values()) {
            if (!listed.contains(attempt.key()) && !attempt.state().isTerminal()) {
                rows.add(new TruthRow(
                        attempt.key(),
                        executor,
                        "",
                        Optional.of(attempt),
                        Optional.empty(),
                        unlisted(attempt, everybodyAnswered),
                        now));
            }
        }
        rows.sort(CONTRADICTIONS_FIRST);
        return rows;
    }

    private static Optional<Verdict> verdict(Optional<BookedAttempt> ours, ListedJob job) {
        if (ours.isEmpty()) {
            return Optional.of(job.marked() ? Verdict.ORPHAN : Verdict.UNMARKED).filter(unknown -> job.active());
        }
        if (ours.get().state().isTerminal()) {
            return job.active() ? Optional.of(Verdict.OUTLIVED) : Optional.empty();
        }
        return Optional.of(job.active() ? Verdict.AGREED : Verdict.ENDED_UNHEARD);
    }

    /** A launch that was not answered yet has no job, and that is no contradiction. */
    private static Verdict unlisted(BookedAttempt attempt, boolean everybodyAnswered) {
        if (attempt.state() == AttemptState.LAUNCHING || attempt.state() == AttemptState.UNKNOWN) {
            return Verdict.AGREED;
        }
        return everybodyAnswered ? Verdict.MISSING : Verdict.UNANSWERED;
    }
}
