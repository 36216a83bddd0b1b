package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.RunState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LaunchKeysTest {
    private static String key(String dag, String step, int attempt) {
        Run run = new Run(
                RunId.of("01970000-0000-7000-8000-0123456789ab"),
                new DagVersionId(new DagId(dag), "hash"),
                new Trigger(TriggerKind.MANUAL, "k", "ada"),
                Optional.empty(),
                Map.of(),
                new Run.Progress(RunState.RUNNING, PlannedRun.START, Optional.empty(), Optional.empty(), ""));
        return LaunchKeys.of(run, new StepId(step), attempt).value();
    }

    @Test
    void shortNamesStayAsTheyAre() {
        assertThat(key("late-arrivals", "cleanse", 2)).isEqualTo("late-arrivals-cleanse-0123456789ab-2");
    }

    @Test
    void namesThatAreTooLongOrNoLabelsStayApart() {
        assertThat(key("dag", "train-model-for-region-east", 1))
                .isNotEqualTo(key("dag", "train-model-for-region-west", 1))
                .startsWith("dag-train-model-");
        assertThat(key("dag", "clean_flights", 1)).isNotEqualTo(key("dag", "clean-flights", 1));
    }

    @Test
    void theLongestNamesFitALabel() {
        String longest = "a" + "-b".repeat(24) + "c";
        assertThat(key(longest, longest, 99_999_999)).hasSizeLessThanOrEqualTo(63);
    }
}
