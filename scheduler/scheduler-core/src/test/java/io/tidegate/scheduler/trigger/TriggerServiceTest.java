package io.tidegate.scheduler.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.dag.DagId;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.ParameterBounds;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.sample.SampleDags;
import io.tidegate.scheduler.sample.SettableClock;
import io.tidegate.scheduler.sample.Weeks;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.RunStore.CreatedRun;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import io.tidegate.scheduler.trigger.TriggerException.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TriggerServiceTest {
    private static final DagId DAG = new DagId("late-arrivals");
    private static final Instant NOW = Instant.parse("2001-03-14T12:00:00Z");

    private final Runs runs = new Runs(new Marks());
    private final SettableClock clock = new SettableClock(NOW);

    @Test
    void aManualRunTakesTheNamedIntervalAndDefaults() {
        CreatedRun created = service(declared())
                .manual(DAG, Optional.of(LocalDate.of(2001, 3, 5)), Map.of("late_minutes", "30"), "anna");
        Run run = runs.byKey.values().iterator().next();
        assertThat(created).isEqualTo(new CreatedRun(run.id(), true));
        assertThat(run.interval().orElseThrow().partition()).isEqualTo("2001-03-05");
        assertThat(run.parameters()).containsOnly(Map.entry("late_minutes", "30"), Map.entry("dry", "false"));
        assertThat(run.trigger().kind()).isEqualTo(TriggerKind.MANUAL);
        assertThat(run.trigger().actor()).isEqualTo("anna");
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
        assertThat(run.progress().createdAt()).isEqualTo(NOW);
    }

    @Test
    void withoutANamedIntervalItTakesTheNewestOneThatEnded() {
        service(declared()).manual(DAG, Optional.empty(), Map.of(), "anna");
        assertThat(runs.partitions()).containsExactly("2001-03-05");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        DagGraph graph = everyType();
        Map<String, String> given = Map.of(
                "late_minuts",
                "15",
                "late_minutes",
                "500",
                "share",
                "NaN",
                "dry",
                "yes",
                "since",
                "2001-02-30",
                "wait",
                "20");
        TriggerException refused = catchThrowableOfType(
                TriggerException.class,
                () -> service(graph).manual(DAG, Optional.of(LocalDate.of(2001, 3, 6)), given, "anna"));
        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused.problems())
                .containsExactly(
                        new Problem(
                                "interval",
                                "no interval of '0 0 * * MON' from 2001-01-01 on and before 2001-07-01 starts on 2001-03-06; one starts on 2001-03-05"),
                        new Problem(
                                "parameters.late_minuts",
                                "the DAG has no such parameter, it has late_minutes, share, dry, since, wait, town; did you mean late_minutes?"),
                        new Problem("parameters.late_minutes", "500 is more than the maximum 240"),
                        new Problem("parameters.share", "'NaN' is not a number"),
                        new Problem("parameters.dry", "'yes' is not true or false"),
                        new Problem("parameters.since", "'2001-02-30' is not a date such as 2001-03-05"),
                        new Problem("parameters.wait", "'20' is not a duration such as 20m or PT20M"),
                        new Problem("parameters.town", "has no default and must be given, a text"));
        assertThat(runs.byKey).isEmpty();
    }

    @Test
    void goodValuesOfEveryTypeAreTaken() {
        DagGraph graph = SampleDags.withParameters(
                Optional.empty(),
                parameter("share", Parameter.Type.NUMBER, Optional.empty()),
                parameter("since", Parameter.Type.DATE, Optional.empty()),
                parameter("wait", Parameter.Type.DURATION, Optional.empty()),
                parameter("town", Parameter.Type.STRING, Optional.empty()));
        service(graph)
                .manual(
                        DAG,
                        Optional.empty(),
                        Map.of("share", "1.5e0", "since", "2001-02-28", "wait", "20m", "town", ""),
                        "anna");
        assertThat(runs.byKey).hasSize(1);
    }

    @Test
    void anUnknownDagIsNamedWithTheNearestOne() {
        TriggerException refused = catchThrowableOfType(
                TriggerException.class,
                () -> service(declared()).manual(new DagId("late-arrival"), Optional.empty(), Map.of(), "anna"));
        assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_DAG);
        assertThat(refused).hasMessageContaining("did you mean late-arrivals?");
    }

    @Test
    void aDagWithoutAScheduleRunsWithoutAnInterval() {
        TriggerService service = service(SampleDags.withAlerts());
        service.manual(DAG, Optional.empty(), Map.of(), "anna");
        assertThat(runs.byKey.values())
                .singleElement()
                .satisfies(run -> assertThat(run.interval()).isEmpty());
        assertThat(catchThrowableOfType(
                        TriggerException.class,
                        () -> service.manual(DAG, Optional.of(LocalDate.of(2001, 3, 5)), Map.of(), "anna")))
                .hasMessageContaining("the DAG has no schedule");
    }

    @Test
    void anIntervalThatHasNotBegunIsRefused() {
        assertThat(catchThrowableOfType(
                        TriggerException.class,
                        () -> service(declared())
                                .manual(DAG, Optional.of(LocalDate.of(2001, 3, 19)), Map.of(), "anna")))
                .hasMessageContaining("has not begun");
    }

    private TriggerService service(DagGraph graph) {
        return new TriggerService(runs, new Dags(graph), new Weeks(), clock, new RunIds(clock, new Random(1)));
    }

    private static DagGraph everyType() {
        return SampleDags.withParameters(
                Optional.of(SampleDags.weekly(Catchup.NONE, Overlap.QUEUED)),
                parameter("late_minutes", Parameter.Type.INTEGER, Optional.of("15")),
                parameter("share", Parameter.Type.NUMBER, Optional.empty()),
                parameter("dry", Parameter.Type.BOOLEAN, Optional.empty()),
                parameter("since", Parameter.Type.DATE, Optional.empty()),
                parameter("wait", Parameter.Type.DURATION, Optional.empty()),
                parameter("town", Parameter.Type.STRING, Optional.empty()));
    }

    private static DagGraph declared() {
        return SampleDags.withParameters(
                Optional.of(SampleDags.weekly(Catchup.NONE, Overlap.QUEUED)),
                parameter("late_minutes", Parameter.Type.INTEGER, Optional.of("15")),
                parameter("dry", Parameter.Type.BOOLEAN, Optional.of("false")));
    }

    private static Parameter parameter(String name, Parameter.Type type, Optional<String> defaultValue) {
        boolean bounded = type == Parameter.Type.INTEGER;
        return new Parameter(
                name,
                type,
                defaultValue,
                bounded ? ParameterBounds.between("1", "240") : ParameterBounds.NONE,
                Optional.empty());
    }
}
