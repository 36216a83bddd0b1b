package io.tidegate.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.scheduler.sample.SampleDags;
import io.tidegate.scheduler.sample.Weeks;
import io.tidegate.scheduler.schedule.SchedulePlanner.Limits;
import io.tidegate.scheduler.schedule.SchedulePlanner.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulePlannerTest {
    private static final Limits LIMITS = new Limits(3, Duration.ofMinutes(5));

    /** Ends of the first, second and fifth week, in New York's winter. */
    private static final Instant WEEK_1 = Instant.parse("2001-01-08T05:00:00Z");

    private static final Instant WEEK_2 = Instant.parse("2001-01-15T05:00:00Z");
    private static final Instant WEEK_5 = Instant.parse("2001-02-05T05:00:00Z");

    @ParameterizedTest
    @EnumSource(Catchup.Mode.class)
    void nothingIsDueBeforeTheFirstIntervalEnds(Catchup.Mode mode) {
        Plan plan = plan(Catchup.of(mode), Optional.empty(), WEEK_1.minusMillis(1));
        assertThat(plan.due()).isEmpty();
        assertThat(plan.next()).contains(WEEK_1);
        assertThat(plan.decidedUpTo())
                .as("a mark, so that the end is not taken for a missed one")
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(Catchup.Mode.class)
    void anIntervalIsDueAtItsEndAndOnce(Catchup.Mode mode) {
        Plan plan = plan(Catchup.of(mode), Optional.of(WEEK_1), WEEK_2);
        assertThat(plan.due()).extracting(DataInterval::partition).containsExactly("2001-01-08");
        assertThat(plan.decidedUpTo()).contains(WEEK_2);
        assertThat(plan(Catchup.of(mode), plan.decidedUpTo(), WEEK_2).due()).isEmpty();
    }

    @Test
    void allRunsEveryMissedIntervalInPortions() {
        Plan first = plan(Catchup.ALL, Optional.empty(), WEEK_5);
        assertThat(first.due())
                .extracting(DataInterval::partition)
                .containsExactly("2001-01-01", "2001-01-08", "2001-01-15");
        assertThat(first.next()).as("at once, for the rest").contains(WEEK_5);
        Plan second = plan(Catchup.ALL, first.decidedUpTo(), WEEK_5);
        assertThat(second.due()).extracting(DataInterval::partition).containsExactly("2001-01-22", "2001-01-29");
        assertThat(second.next()).contains(Instant.parse("2001-02-12T05:00:00Z"));
    }

    @Test
    void latestRunsTheNewestMissedInterval() {
        assertThat(plan(Catchup.LATEST, Optional.empty(), WEEK_5).due())
                .extracting(DataInterval::partition)
                .containsExactly("2001-01-29");
        assertThat(plan(Catchup.LATEST, Optional.of(WEEK_1), WEEK_5.plus(Duration.ofDays(1)))
                        .due())
                .extracting(DataInterval::partition)
                .containsExactly("2001-01-29");
    }

    @Test
    void noneLeavesOutWhatWasMissedButNotWhatIsJustDue() {
        assertThat(plan(Catchup.NONE, Optional.empty(), WEEK_5).due()).isEmpty();
        assertThat(plan(Catchup.NONE, Optional.of(WEEK_1), WEEK_5.plus(Duration.ofMinutes(6)))
                        .due())
                .isEmpty();
        Plan punctual = plan(Catchup.NONE, Optional.of(WEEK_1), WEEK_5.plus(Duration.ofMinutes(4)));
        assertThat(punctual.due()).extracting(DataInterval::partition).containsExactly("2001-01-29");
        assertThat(plan(Catchup.NONE, Optional.of(WEEK_1), WEEK_5.plus(Duration.ofMinutes(6)))
                        .decidedUpTo())
                .contains(WEEK_5);
    }

    @ParameterizedTest
    @EnumSource(Catchup.Mode.class)
    void aScheduleThatIsOverHasNoNextTime(Catchup.Mode mode) {
        Instant after = Instant.parse("2026-01-01T00:00:00Z");
        Plan plan = plan(Catchup.of(mode), Optional.of(Instant.parse("2001-07-02T04:00:00Z")), after);
        assertThat(plan.due()).isEmpty();
        assertThat(plan.next()).isEmpty();
    }

    @Test
    void aLimitKeepsTheNewestOfWhatWasMissed() {
        Catchup two = new Catchup(Catchup.Mode.ALL, OptionalInt.of(2), Optional.empty());
        Plan plan = plan(two, Optional.empty(), WEEK_5);
        assertThat(plan.due()).extracting(DataInterval::partition).containsExactly("2001-01-22", "2001-01-29");
        assertThat(plan.decidedUpTo()).as("what is older is decided too").contains(WEEK_5);
        assertThat(plan(two, Optional.of(Instant.parse("2001-01-29T05:00:00Z")), WEEK_5)
                        .due())
                .as("fewer than the limit were missed")
                .extracting(DataInterval::partition)
                .containsExactly("2001-01-29");
    }

    @Test
    void aSpreadMakesOneMissedRunAtATime() {
        Catchup spread = new Catchup(Catchup.Mode.ALL, OptionalInt.empty(), Optional.of(Duration.ofMinutes(10)));
        Instant now = WEEK_5.plus(Duration.ofHours(1));
        Optional<Instant> mark = Optional.empty();
        for (String week : List.of("2001-01-01", "2001-01-08", "2001-01-15", "2001-01-22")) {
            Plan plan = plan(spread, mark, now);
            assertThat(plan.due()).extracting(DataInterval::partition).containsExactly(week);
            assertThat(plan.next()).contains(now.plus(Duration.ofMinutes(10)));
            mark = plan.decidedUpTo();
            now = plan.next().orElseThrow();
        }
        Plan last = plan(spread, mark, now);
        assertThat(last.due()).extracting(DataInterval::partition).containsExactly("2001-01-29");
        assertThat(last.next()).contains(Instant.parse("2001-02-12T05:00:00Z"));
    }

    private static Plan plan(Catchup catchup, Optional<Instant> mark, Instant now) {
        return SchedulePlanner.plan(SampleDags.weekly(catchup, Overlap.QUEUED), mark, now, new Weeks(), LIMITS);
    }
}
