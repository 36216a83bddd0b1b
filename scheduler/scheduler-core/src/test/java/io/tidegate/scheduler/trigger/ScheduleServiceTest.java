package io.tidegate.scheduler.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataCondition.Source;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
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
import io.tidegate.scheduler.store.ArrivalReads;
import io.tidegate.scheduler.store.CommandStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleServiceTest {
    private static final DagId DAG = new DagId("late-arrivals");
    private static final Instant WEEK_1 = Instant.parse("2001-01-08T05:00:00Z");
    private static final Instant WEEK_2 = Instant.parse("2001-01-15T05:00:00Z");

    private final Marks marks = new Marks();
    private final Runs runs = new Runs(marks);
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
    void serversWhoseClocksDifferMakeEachRunOnceWhenTheFirstOfThemThinksItIsDue() {
        Dags dags = dags(Catchup.NONE, Overlap.QUEUED);
        ScheduleService ahead = service(dags, new Weeks(), () -> clock.instant().plus(Duration.ofMinutes(5)));
        ScheduleService behind =
                service(dags, new Weeks(), () -> clock.instant().minus(Duration.ofMinutes(5)));
        clock.set(WEEK_1.minus(Duration.ofHours(1)));
        ahead.wakeAll();
        behind.wakeAll();
        for (Instant due : List.of(WEEK_1, WEEK_2)) {
            for (int minute = -6; minute <= 6; minute++) {
                clock.set(due.plus(Duration.ofMinutes(minute)));
                ahead.wake(DAG);
                behind.wake(DAG);
            }
        }
        assertThat(runs.partitions()).containsExactly("2001-01-01", "2001-01-08");
    }

    @Test
    void aClockThatJumpsAnHourForwardsAndBackMakesEachRunOnce() {
        ScheduleService service = service(Catchup.NONE, Overlap.QUEUED);
        service.wakeAll();
        for (Duration at :
                List.of(Duration.ofHours(-1), Duration.ofMinutes(1), Duration.ofHours(-1), Duration.ofHours(1))) {
            clock.set(WEEK_1.plus(at));
            service.wake(DAG);
        }
        assertThat(runs.partitions()).containsExactly("2001-01-01");
        clock.set(WEEK_2);
        service.wake(DAG);
        assertThat(runs.partitions()).containsExactly("2001-01-01", "2001-01-08");
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
        assertThat(alarms.set)
                .as("another server may let it go on, and die")
                .containsEntry(DAG, WEEK_2.plus(Duration.ofMinutes(5)));
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
            assertThat(command.run()).isEqualTo(RunId.of(Queries.GOING));
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
                .isEqualTo(IntStream.range(0, 130)
                        .mapToObj(minute -> Minutes.START.plusSeconds(60L * minute))
                        .toList());
    }

    @Test
    void whatIsDueTogetherIsMadeTogether() {
        List<DagId> ids = manyIds(1_200);
        ScheduleService service = service(many(ids));
        service.wakeAll();
        clock.set(WEEK_1);
        runs.together.clear();
        service.wake(ids);
        assertThat(runs.byKey).hasSize(ids.size());
        assertThat(runs.together).as("DAGs in each transaction").containsExactly(500, 500, 200);
        assertThat(alarms.set)
                .hasSize(ids.size())
                .allSatisfy((dag, at) -> assertThat(at).isEqualTo(WEEK_2));
        assertThat(marks.byDag)
                .hasSize(ids.size())
                .allSatisfy((dag, mark) -> assertThat(mark).isEqualTo(WEEK_1));
    }

    @Test
    void whatIsWrongWithOneScheduleKeepsNoOtherFromRunning() {
        List<DagId> ids = manyIds(20);
        ScheduleService service = service(many(ids));
        service.wakeAll();
        clock.set(WEEK_1);
        runs.cursed = Optional.of(ids.get(7));
        service.wake(ids);
        assertThat(runs.byKey).hasSize(19);
        assertThat(alarms.set).containsEntry(ids.get(7), WEEK_1.plusSeconds(5)).containsEntry(ids.get(8), WEEK_2);
        runs.cursed = Optional.empty();
        clock.set(WEEK_1.plusSeconds(5));
        service.wake(ids.get(7));
        assertThat(runs.byKey).hasSize(20);
    }

    private static List<DagId> manyIds(int number) {
        return IntStream.range(0, number)
                .mapToObj(dag -> new DagId("dag-" + dag))
                .toList();
    }

    /** The same DAG under many names. */
    private static CurrentDags many(List<DagId> ids) {
        CurrentDags.CurrentDag one = dags(Catchup.NONE, Overlap.QUEUED).dag();
        return new CurrentDags() {
            @Override
            public Optional<CurrentDag> find(DagId id) {
                return find(List.of(id)).stream().findFirst();
            }

            @Override
            public List<CurrentDag> find(Collection<DagId> asked) {
                return asked.stream()
                        .map(id -> new CurrentDag(
                                new DagVersionId(id, one.version().hash()), one.outline(), false, one.graphs()))
                        .toList();
            }

            @Override
            public List<CurrentDag> all() {
                return find(ids);
            }
        };
    }

    private ScheduleService service(Catchup catchup, Overlap overlap) {
        return service(dags(catchup, overlap));
    }

    private static Dags dags(Catchup catchup, Overlap overlap) {
        return new Dags(SampleDags.withSchedule(SampleDags.weekly(catchup, overlap)));
    }

    private ScheduleService service(CurrentDags dags) {
        return service(dags, new Weeks());
    }

    private ScheduleService service(CurrentDags dags, LogicalTimes times) {
        return service(dags, times, clock);
    }

    private ScheduleService service(CurrentDags dags, LogicalTimes times, InstantSource clock) {
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
}
