package io.tidegate.scheduler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.sample.FakeConditions;
import io.tidegate.scheduler.sample.FakeReads;
import io.tidegate.scheduler.sample.PlainJson;
import io.tidegate.scheduler.sample.SampleDags;
import io.tidegate.scheduler.sample.Weeks;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.ResolutionReads;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a step waits for that depends on the interval before. */
final class EarlierIntervalTest {
    private static final DagGraph SUMS =
            new DagBuilder("sums").weekly().dependsOnPast().task("carry").build();

    private final FakeReads reads = new FakeReads();
    private final StepResolver resolver =
            new StepResolver(reads, new Weeks(), new FakeConditions(), new PlainJson(), "/data");

    private static Run week(String monday) {
        LocalDate day = LocalDate.parse(monday);
        return new Run(
                RunId.of("01970000-0000-7000-8000-0123456789ab"),
                new DagVersionId(SUMS.definition().id(), "hash"),
                new Trigger(TriggerKind.MANUAL, "k", "ada"),
                Optional.of(new DataInterval(
                        day.atStartOfDay(SampleDags.ZONE).toInstant(),
                        day.plusWeeks(1).atStartOfDay(SampleDags.ZONE).toInstant(),
                        SampleDags.ZONE)),
                Map.of(),
                new Run.Progress(RunState.RUNNING, Instant.EPOCH, Optional.empty(), Optional.empty(), ""));
    }

    private Resolution afterThePast(String monday, ResolutionReads.Past past) {
        reads.past(past);
        Run run = week(monday);
        assertThat(resolver.withoutReads(SUMS, run, new StepId("carry"))).isEmpty();
        return resolver.resolve(SUMS, run, new StepId("carry"));
    }

    private static ResolutionReads.Past ran(StepState state) {
        return new ResolutionReads.Past(true, true, Optional.of(state));
    }

    @Test
    void theIntervalBeforeMustHaveGoneWellForAStepThatDependsOnIt() {
        for (StepState good : List.of(StepState.SUCCEEDED, StepState.SKIPPED)) {
            assertThat(afterThePast("2001-01-15", ran(good))).isInstanceOf(Resolution.Launch.class);
        }
        assertThat(afterThePast("2001-01-15", ran(StepState.RUNNING)))
                .isEqualTo(new Resolution.Hold("waits for carry of the interval before, 2001-01-08, which is running"));
        assertThat(afterThePast("2001-01-15", ran(StepState.UPSTREAM_FAILED)))
                .isEqualTo(new Resolution.Hold(
                        "waits for carry of the interval before, 2001-01-08, which is upstream failed:"
                                + " rerun it there, or mark it as succeeded, and this one goes on"));
        assertThat(afterThePast("2001-01-15", new ResolutionReads.Past(true, false, Optional.empty())))
                .isEqualTo(new Resolution.Hold(
                        "waits for the interval before, 2001-01-08, which has no run: run or backfill it"));
        assertThat(afterThePast("2001-01-15", new ResolutionReads.Past(false, false, Optional.empty())))
                .as("nothing ran before")
                .isInstanceOf(Resolution.Launch.class);
        assertThat(afterThePast("2001-01-01", ran(StepState.FAILED)))
                .as("the schedule's first interval")
                .isInstanceOf(Resolution.Launch.class);
    }
}
