package io.tidegate.scheduler.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataCondition.Source;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.sample.SampleDags;
import io.tidegate.scheduler.sample.SettableClock;
import io.tidegate.scheduler.sample.Weeks;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.schedule.SchedulePlanner.Limits;
import io.tidegate.scheduler.schedule.WakeUps;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.ArrivalReads;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.view.Page;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleServiceTest {
    private static final DagId DAG = new DagId("late-arrivals");
    private static final Instant WEEK_1 = Instant.parse("2001-01-08T05:00:00Z");
    private static final Instant WEEK_2 = Instant.parse("2001-01-15T05:00:00Z");
    private static final String GOING = "01900000-0000-7000-8000-000000000000";

    private final Runs runs = new Runs();
    private final Marks marks = new Marks();
    private final Alarms alarms = new Alarms();
    private final Queries queries = new Queries();
    private final List<CommandStore.Command> commands = new ArrayList<>();
    private final SettableClock clock = new SettableClock(WEEK_1.minusSeconds(60));

    @Test
    void eachIntervalRunsOnceWhenItEnds() {
        ScheduleService service = service(Catchup.NONE, Overlap.QUEUED);
        service.wakeAll();
        assertThat(runs.byKey).isEmpty();
        assertThat(alarms.set).containsEntry(DAG, WEEK_1);
        clock.set(WEEK_1);
        service.wake(DAG);
        service.wake(DAG);
        assertThat(runs.partitions()).containsExactly("2001-01-01");
        assertThat(runs.byKey.values()).allMatch(run -> run.trigger().kind() == TriggerKind.SCHEDULE);
        assertThat(alarms.set).containsEntry(DAG, WEEK_2);
    }

    @Test
    void aNewServerGoesOnWhereTheOldOneStopped() {
        service(Catchup.ALL, Overlap.QUEUED).wakeAll();
        clock.set(WEEK_2.plus(Duration.ofHours(3)));
        ScheduleService restarted = service(Catchup.ALL, Overlap.QUEUED);
        restarted.wakeAll();
        restarted.wakeAll();
        assertThat(runs.partitions()).containsExactly("2001-01-01", "2001-01-08");
    }

    @Test
    void twoServersMakeOneRun() {
        clock.set(WEEK_1);
        service(Catchup.ALL, Overlap.QUEUED).wakeAll();
        marks.byDag.clear();
        service(Catchup.ALL, Overlap.QUEUED).wakeAll();
        assertThat(runs.partitions()).containsExactly("2001-01-01");
    }

    @Test
    void troubleWithTheDatabaseIsTriedAgainAndNothingIsLost() {
        ScheduleService service = service(Catchup.NONE, Overlap.QUEUED);
        service.wakeAll();
        clock.set(WEEK_1);
        runs.unavailable = true;
        service.wake(DAG);
        assertThat(alarms.set).containsEntry(DAG, WEEK_1.plusSeconds(5));
        runs.unavailable = false;
        clock.set(WEEK_1.plusSeconds(5));
        service.wake(DAG);
        assertThat(runs.partitions()).containsExactly("2001-01-01");
    }

    @Test
    void aPausedDagRestsAndCatchesUpByItsRuleAfterwards() {
        Dags dags = dags(Catchup.LATEST, Overlap.QUEUED);
        ScheduleService service = service(dags);
        service.wakeAll();
        dags.paused = true;
        clock.set(WEEK_2);
        service.wake(DAG);
        assertThat(runs.byKey).isEmpty();
        assertThat(alarms.set).isEmpty();
        assertThat(service.nextRun(dags.dag())).isEmpty();
        assertThat(service.undecided(dags.dag()))
                .as("what passed while it was paused, and what its rule makes of it")
                .isEqualTo(new ScheduleService.Undecided(2, 1));
        dags.paused = false;
        service.wake(DAG);
        assertThat(runs.partitions()).containsExactly("2001-01-08");
        assertThat(service.undecided(dags.dag())).isEqualTo(new ScheduleService.Undecided(0, 0));
        assertThat(service.nextRun(dags.dag())).contains(Instant.parse("2001-01-22T05:00:00Z"));
    }

    @Test
    void skipLeavesARunOutWhileAnotherIsGoing() {
        ScheduleService service = service(Catchup.NONE, new Overlap(Overlap.Policy.SKIP, 1));
        service.wakeAll();
        clock.set(WEEK_1);
        queries.going = true;
        service.wake(DAG);
        queries.going = false;
        service.wake(DAG);
        assertThat(runs.byKey).as("decided once").isEmpty();
        clock.set(WEEK_2);
        service.wake(DAG);
        assertThat(runs.partitions()).containsExactly("2001-01-08");
    }

    @Test
    void cancelRunningAsksForTheEndOfWhatIsGoing() {
        ScheduleService service = service(Catchup.NONE, new Overlap(Overlap.Policy.CANCEL_RUNNING, 1));
        service.wakeAll();
        clock.set(WEEK_1);
        queries.going = true;
        service.wake(DAG);
        assertThat(runs.partitions()).containsExactly("2001-01-01");
        assertThat(commands).singleElement().satisfies(command -> {
            assertThat(command.type()).isEqualTo(CommandStore.Type.CANCEL);
            assertThat(command.run()).isEqualTo(RunId.of(GOING));
        });
    }

    @Test
    void tenYearsOfMinutesDoNotFloodAndNothingIsLost() {
        Minutes minutes = new Minutes();
        Schedule everyMinute = new Schedule(
                new Timing.Cron("* * * * *"),
                Calendar.of(ZoneOffset.UTC, LocalDate.of(2016, 1, 1), Optional.empty()),
                Catchup.ALL,
                Overlap.QUEUED);
        Dags dags = new Dags(SampleDags.withSchedule(everyMinute));
        clock.set(Minutes.NOW);
        ScheduleService service = service(dags, minutes);
        for (int round = 0; round < 500; round++) {
            queries.queued = runs.byKey.size();
            service.wake(DAG);
        }
        assertThat(runs.byKey).as("however often it is woken").hasSize(CatchUpGuard.MOST_WAITING);
        assertThat(minutes.mostAtOnce())
                .as("intervals held at once")
                .isLessThanOrEqualTo(Limits.DEFAULT.mostRuns() + 1);
        assertThat(alarms.set).containsEntry(DAG, Minutes.NOW.plusSeconds(10));
        assertThat(service.catchingUp(dags.dag()))
                .contains(new ScheduleService.Undecided(ScheduleService.Undecided.MOST_COUNTED, 50));

        queries.queued = 70;
        service.wake(DAG);
        assertThat(runs.byKey).as("as many more as there is room for").hasSize(130);
        assertThat(runs.byKey.values())
                .extracting(run -> run.interval().orElseThrow().start())
                .as("without a gap, from the first on")
                .isEqualTo(java.util.stream.IntStream.range(0, 130)
                        .mapToObj(minute -> Minutes.START.plusSeconds(60L * minute))
                        .toList());
    }

    private ScheduleService service(Catchup catchup, Overlap overlap) {
        return service(dags(catchup, overlap));
    }

    private static Dags dags(Catchup catchup, Overlap overlap) {
        return new Dags(SampleDags.withSchedule(SampleDags.weekly(catchup, overlap)));
    }

    private ScheduleService service(Dags dags) {
        return service(dags, new Weeks());
    }

    private ScheduleService service(Dags dags, LogicalTimes times) {
        TriggerService triggers = new TriggerService(runs, dags, times, clock, new RunIds(clock, new Random(1)));
        OverlapRule overlap = new OverlapRule(queries, new Commands());
        return new ScheduleService(
                new ScheduleService.Collaborators(
                        dags, marks, triggers, overlap, new CatchUpGuard(queries), new NoArrivals(), times),
                alarms,
                clock,
                Limits.DEFAULT);
    }

    /** Nothing ever arrives. */
    private static final class NoArrivals implements ArrivalReads {
        @Override
        public Set<Arrived> arrived(Collection<Source> sources, Collection<String> partitions) {
            return Set.of();
        }

        @Override
        public Set<Instant> scheduled(DagId dag, Instant from, Instant until) {
            return Set.of();
        }
    }

    private static final class Alarms implements WakeUps {
        final Map<DagId, Instant> set = new HashMap<>();

        @Override
        public void set(DagId dag, Instant at) {
            set.put(dag, at);
        }

        @Override
        public void clear(DagId dag) {
            set.remove(dag);
        }
    }

    private final class Commands implements CommandStore {
        @Override
        public long submit(Command command) {
            commands.add(command);
            return commands.size();
        }

        @Override
        public List<Command> pending(NodeId owner) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Marks implements DagStore {
        final Map<DagId, Instant> byDag = new HashMap<>();

        @Override
        public List<DagVersionId> mentioning(String text, int most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Instant> scheduledUpTo(DagId dag) {
            return Optional.ofNullable(byDag.get(dag));
        }

        @Override
        public void advanceSchedule(DagId dag, Instant upTo) {
            byDag.merge(dag, upTo, (left, right) -> left.isAfter(right) ? left : right);
        }

        @Override
        public boolean save(StoredVersion version, String originalPath) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void retainOnly(List<DagId> present) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<StoredVersion> version(DagVersionId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<StoredVersion> current(DagId dag) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<CurrentDag> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean setPaused(DagId dag, boolean paused, Audit by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DagEvent> events(DagId dag, int limit) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Queries implements RunQueries {
        boolean going;
        int queued;

        @Override
        public Page<RunViews.Summary> runs(
                Optional<String> dag, Optional<RunState> state, Optional<String> after, int limit) {
            if (state.orElseThrow() == RunState.QUEUED && queued > 0) {
                return new Page<>(java.util.Collections.nCopies(Math.min(queued, limit), summary()), Optional.empty());
            }
            return new Page<>(
                    going && state.orElseThrow() == RunState.RUNNING ? List.of(summary()) : List.of(),
                    Optional.empty());
        }

        private static RunViews.Summary summary() {
            return new RunViews.Summary(
                    GOING,
                    DAG.value(),
                    "abc",
                    RunState.RUNNING,
                    TriggerKind.SCHEDULE,
                    "schedule",
                    Optional.empty(),
                    Map.of(),
                    WEEK_1,
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Map.of());
        }

        @Override
        public Optional<RunViews.Summary> run(RunId run) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RunViews.Summary> newestRuns(DagId dag, Instant from, Instant until, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RunViews.Step> steps(RunId run) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<StepId, RunViews.SubRun> subRuns(RunId run) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<RunViews.Caller> caller(RunId run) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RunViews.AttemptView> attempts(RunId run, StepId step) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RunViews.UseView> uses(RunId run, StepId step) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RunViews.EventView> events(RunId run, long afterId, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page<RunViews.MetricView> metrics(MetricFilter filter, Optional<String> after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<RunViews.AttemptEnd> attemptEnd(LaunchKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<AttemptState> attemptState(LaunchKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> outputs(RunId run, StepId step) {
            throw new UnsupportedOperationException();
        }
    }
}
