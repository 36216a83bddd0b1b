package io.tidegate.scheduler.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.scheduler.backfill.Backfill.Stretch;
import io.tidegate.scheduler.backfill.BackfillState;
import io.tidegate.scheduler.backfill.Reprocess;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.sample.SampleDags;
import io.tidegate.scheduler.sample.Weeks;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import io.tidegate.scheduler.view.RunViews;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which intervals a backfill has, and why some of them get no run. */
class BackfillPlannerTest {
    private static final DagGraph WEEKLY = SampleDags.withSchedule(SampleDags.weekly(Catchup.NONE, Overlap.QUEUED));

    private static List<DataInterval> intervals(String from, String to, int most, List<Problem> problems) {
        Stretch stretch = new Stretch(LocalDate.parse(from), LocalDate.parse(to));
        return BackfillPlanner.intervals(WEEKLY, stretch, new Weeks(), most, problems);
    }

    private static String refusal(String from, String to, int most) {
        List<Problem> problems = new ArrayList<>();
        intervals(from, to, most, problems);
        assertThat(problems).hasSize(1);
        return problems.get(0).message();
    }

    @Test
    void bothDaysCount() {
        assertThat(intervals("2001-01-08", "2001-01-22", 100, new ArrayList<>()))
                .extracting(DataInterval::partition)
                .containsExactly("2001-01-08", "2001-01-15", "2001-01-22");
    }

    @Test
    void aStretchThatCannotBeIsRefusedWithTheReason() {
        assertThat(refusal("2001-01-02", "2001-01-06", 100))
                .isEqualTo("no interval of the schedule starts from 2001-01-02 to 2001-01-06");
        assertThat(refusal("2001-02-02", "2001-01-06", 100)).isEqualTo("2001-01-06 is before 2001-02-02");
        assertThat(refusal("2001-01-01", "2001-06-01", 3))
                .isEqualTo(
                        "more than 3 intervals (backfill.most_intervals); backfill in parts, the first up to 2001-01-21");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, , ",
        "NONE, SUCCEEDED, it has a run that succeeded",
        "NONE, FAILED, it has a run that failed",
        "NONE, RUNNING, it has a run that is running",
        "FAILED, , ",
        "FAILED, SUCCEEDED, it has a run that succeeded",
        "FAILED, FAILED, ",
        "FAILED, CANCELLED, ",
        "FAILED, QUEUED, it has a run that is queued",
        "ALL, SUCCEEDED, ",
        "ALL, FAILED, ",
        "ALL, RUNNING, it has a run that is running"
    })
    void whatReprocessSaysOfAnIntervalWithARun(Reprocess reprocess, RunState newest, String why) {
        DataInterval interval =
                intervals("2001-01-08", "2001-01-08", 1, new ArrayList<>()).get(0);
        Optional<RunViews.Summary> run = Optional.ofNullable(newest).map(BackfillPlannerTest::run);
        assertThat(BackfillPlanner.leftOut(interval, run, reprocess, interval.end()))
                .isEqualTo(Optional.ofNullable(why));
    }

    @Test
    void anIntervalThatHasNotEndedGetsNoRun() {
        DataInterval interval =
                intervals("2001-01-08", "2001-01-08", 1, new ArrayList<>()).get(0);
        assertThat(BackfillPlanner.leftOut(
                        interval,
                        Optional.empty(),
                        Reprocess.ALL,
                        interval.end().minus(Duration.ofMillis(1))))
                .contains("it has not ended yet");
    }

    @Test
    void pausingResumingAndEndingTakeEveryTransition() {
        assertThat(BackfillState.TRANSITIONS.next(BackfillState.RUNNING, BackfillState.Event.PAUSE))
                .isEqualTo(BackfillState.PAUSED);
        assertThat(BackfillState.TRANSITIONS.next(BackfillState.PAUSED, BackfillState.Event.RESUME))
                .isEqualTo(BackfillState.RUNNING);
        assertThat(BackfillState.TRANSITIONS.next(BackfillState.RUNNING, BackfillState.Event.FINISH))
                .isEqualTo(BackfillState.FINISHED);
        assertThat(BackfillState.TRANSITIONS.next(BackfillState.RUNNING, BackfillState.Event.CANCEL))
                .isEqualTo(BackfillState.CANCELLED);
        assertThat(BackfillState.TRANSITIONS.next(BackfillState.PAUSED, BackfillState.Event.CANCEL))
                .isEqualTo(BackfillState.CANCELLED);
        assertThat(BackfillState.TRANSITIONS.transitions()).hasSize(5);
    }

    private static RunViews.Summary run(RunState state) {
        return new RunViews.Summary(
                "01900000-0000-7000-8000-000000000000",
                "late-arrivals",
                "abc",
                state,
                TriggerKind.SCHEDULE,
                "schedule",
                Optional.empty(),
                Map.of(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of());
    }
}
