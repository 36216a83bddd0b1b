package io.tidegate.scheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.name.DagReference;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataCondition;
import io.tidegate.dag.schedule.DataCondition.Source;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.sample.SampleDags;
import io.tidegate.scheduler.sample.Weeks;
import io.tidegate.scheduler.schedule.DataPlanner.Plan;
import io.tidegate.scheduler.store.ArrivalReads.Arrived;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which intervals run when their data is there. */
final class DataPlannerTest {
    private static final Source ORDERS = new Source(new DagReference("orders"), new DatasetName("clean"));
    private static final Source BANK = new Source(new DagReference("rates"), new DatasetName("bank"));
    private static final Source EXCHANGE = new Source(new DagReference("rates"), new DatasetName("exchange"));
    private static final DataCondition CONDITION =
            new DataCondition.All(List.of(ORDERS, new DataCondition.Any(List.of(BANK, EXCHANGE))));
    private static final Instant NOW = Instant.parse("2001-01-15T06:00:00Z");

    private final Schedule weekly = SampleDags.weekly(Catchup.ALL, Overlap.QUEUED);
    private final List<DataInterval> open =
            DataPlanner.open(weekly, weekly.calendar().beginning(), NOW, new Weeks());

    private Plan plan(Set<Instant> scheduled, Arrived... arrived) {
        return DataPlanner.plan(CONDITION, open, scheduled, Set.of(arrived));
    }

    private static List<String> partitions(List<DataInterval> intervals) {
        return intervals.stream().map(DataInterval::partition).toList();
    }

    private static List<String> waiting(Plan plan) {
        return plan.waiting().stream()
                .map(waiting -> waiting.interval().partition() + " " + waiting.missing())
                .toList();
    }

    @Test
    void anIntervalIsDueWhenItsOwnDataIsThere() {
        assertThat(partitions(open)).containsExactly("2001-01-01", "2001-01-08", "2001-01-15");
        Plan plan = plan(
                Set.of(),
                new Arrived(ORDERS, "2001-01-01"),
                new Arrived(ORDERS, "2001-01-08"),
                new Arrived(EXCHANGE, "2001-01-08"));
        assertThat(partitions(plan.due())).containsExactly("2001-01-08");
        assertThat(waiting(plan))
                .containsExactly(
                        "2001-01-01 [rates.bank, rates.exchange]",
                        "2001-01-15 [orders.clean, rates.bank, rates.exchange]");
        assertThat(plan.decidedUpTo()).as("the first one still waits").isEmpty();
    }

    @Test
    void anIntervalWithARunIsNeverDueAgainAndTheMarkFollowsThoseThatAreDecided() {
        Plan plan = plan(
                Set.of(open.get(1).start()),
                new Arrived(ORDERS, "2001-01-01"),
                new Arrived(BANK, "2001-01-01"),
                new Arrived(ORDERS, "2001-01-08"),
                new Arrived(BANK, "2001-01-08"));
        assertThat(partitions(plan.due())).containsExactly("2001-01-01");
        assertThat(plan.decidedUpTo()).contains(open.get(1).end());
    }

    @Test
    void catchingUpSaysWhichIntervalsBeforeADagWasKnownAreWaitedFor() {
        assertThat(beginning(Catchup.NONE)).isEqualTo(open.get(2).start());
        assertThat(beginning(Catchup.LATEST)).isEqualTo(open.get(1).start());
        assertThat(beginning(Catchup.ALL)).isEqualTo(weekly.calendar().beginning());
        assertThat(beginning(new Catchup(Catchup.Mode.ALL, OptionalInt.of(2), Optional.empty())))
                .isEqualTo(open.get(0).start());
    }

    private static Instant beginning(Catchup catchup) {
        return DataPlanner.beginning(SampleDags.weekly(catchup, Overlap.QUEUED), NOW, new Weeks());
    }
}
