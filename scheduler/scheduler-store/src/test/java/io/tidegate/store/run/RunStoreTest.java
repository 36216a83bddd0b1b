package io.tidegate.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Mark;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.RunStore.CreatedRun;
import io.tidegate.scheduler.store.RunStore.NewRun;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.store.database.UnreadableRowException;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs are made once and read whole. */
final class RunStoreTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final RunStore runs = POSTGRES.stores().runs();
    private final Sample sample = new Sample(POSTGRES.stores());

    @Test
    void aRunIsWhatItWasMadeAs() {
        Run run = Sample.run(sample.dag(), 12);
        CreatedRun created = runs.createIfAbsent(run, Sample.steps("ingest", "train"), Overlap.QUEUED);
        assertThat(created).isEqualTo(new CreatedRun(run.id(), true));

        RunSnapshot loaded = runs.load(run.id()).orElseThrow();
        assertThat(loaded.run()).isEqualTo(run);
        assertThat(loaded.steps())
                .hasSize(2)
                .allSatisfy((id, step) -> assertThat(step.state()).isEqualTo(StepState.WAITING));
        assertThat(loaded.attempts()).isEmpty();
        assertThat(runs.load(Sample.runId())).isEmpty();
    }

    @Test
    void severalAreLoadedTogetherAsEachWouldBe() {
        Sample.Owned going = sample.own(sample.dag(), 12, "ingest", "train");
        sample.commit(going, Sample.step("ingest", StepState.RUNNING));
        sample.commit(going, Sample.attemptWritten(going, "ingest", 1, AttemptState.FAILED));
        sample.commit(going, Sample.attemptWritten(going, "ingest", 2, AttemptState.RUNNING));
        RunId waiting = sample.create(sample.dag(), 13, "ingest");

        Map<RunId, RunSnapshot> loaded = runs.load(List.of(going.run(), waiting, Sample.runId()));

        assertThat(loaded)
                .isEqualTo(Map.of(
                        going.run(),
                        runs.load(going.run()).orElseThrow(),
                        waiting,
                        runs.load(waiting).orElseThrow()));
        assertThat(loaded.get(going.run()).attempts())
                .as("the newest attempt")
                .hasSize(1)
                .allSatisfy((step, attempt) -> assertThat(attempt.number()).isEqualTo(2));
    }

    @Test
    void aRunWithoutAnIntervalIsKeptWithoutOne() {
        DagId dag = sample.dag();
        Run run = new Run(
                Sample.runId(),
                new DagVersionId(dag, Sample.HASH),
                new Trigger(TriggerKind.MANUAL, "by hand", "ada"),
                Optional.empty(),
                Map.of(),
                new Run.Progress(RunState.QUEUED, Sample.MONDAY, Optional.empty(), Optional.empty(), ""));
        runs.createIfAbsent(run, Sample.steps("a"), Overlap.QUEUED);
        assertThat(runs.load(run.id()).orElseThrow().run()).isEqualTo(run);
    }

    @Test
    void runsThatAreMadeTogetherAreWhatEachWouldBeAlone() {
        DagId dag = sample.dag();
        Run weekly = Sample.run(dag, 3);
        Run manual = withKey(Sample.run(dag, 4, TriggerKind.MANUAL), "by hand");
        runs.createIfAbsent(manual, Sample.steps("a"), Overlap.QUEUED);
        Run again = withKey(Sample.run(dag, 5), "by hand");
        Instant mark = Sample.week(3).end();

        runs.createIfAbsent(
                List.of(
                        new NewRun(weekly, Sample.steps("ingest", "train"), Overlap.QUEUED),
                        new NewRun(again, Sample.steps("b"), Overlap.QUEUED)),
                Map.of(dag, mark));

        RunSnapshot loaded = runs.load(weekly.id()).orElseThrow();
        assertThat(loaded.run()).isEqualTo(weekly);
        assertThat(loaded.steps().keySet()).containsExactlyInAnyOrderElementsOf(Sample.steps("ingest", "train"));
        assertThat(POSTGRES.stores().runQueries().events(weekly.id(), 0, 10))
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo("run_created"));
        assertThat(runs.load(again.id())).as("its trigger key is taken").isEmpty();
        assertThat(POSTGRES.stores().dags().scheduledUpTo(dag)).contains(mark);
        runs.createIfAbsent(List.of(), Map.of(dag, mark.minusSeconds(60)));
        assertThat(POSTGRES.stores().dags().scheduledUpTo(dag)).contains(mark);
    }

    @Test
    void serversThatMakeTheSameRunsAtOnceMakeEachOnce() throws Exception {
        List<DagId> dags = IntStream.range(0, 40)
                .mapToObj(number -> sample.dag())
                .sorted(Comparator.comparing(DagId::value))
                .toList();
        Map<DagId, Instant> marks = dags.stream().collect(Collectors.toMap(dag -> dag, dag -> Sample.MONDAY));
        ExecutorService servers = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> server = () -> {
                for (int week = 0; week < 5; week++) {
                    String key = "week-" + week;
                    int number = week;
                    runs.createIfAbsent(
                            dags.stream()
                                    .map(dag -> new NewRun(
                                            withKey(Sample.run(dag, number), key), Sample.steps("a"), Overlap.QUEUED))
                                    .toList(),
                            marks);
                }
                return true;
            };
            for (Future<Boolean> done : servers.invokeAll(List.of(server, server, server, server))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            servers.shutdownNow();
        }
        for (DagId dag : dags) {
            assertThat(POSTGRES.count("SELECT count(*) FROM run JOIN step_run ON step_run.run = run.id WHERE dag = '"
                            + dag + "'"))
                    .isEqualTo(5);
        }
    }

    private static Run withKey(Run run, String key) {
        return new Run(
                run.id(),
                run.version(),
                new Trigger(run.trigger().kind(), key, "test"),
                run.interval(),
                run.parameters(),
                run.progress());
    }

    @Test
    void oneTriggerKeyMakesOneRunHoweverManyFireIt() throws Exception {
        DagId dag = sample.dag();
        int nodes = 6;
        CyclicBarrier together = new CyclicBarrier(nodes);
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Callable<CreatedRun>> calls = IntStream.range(0, nodes)
                    .<Callable<CreatedRun>>mapToObj(node -> () -> {
                        Run fresh = Sample.run(dag, 1);
                        Run run = new Run(
                                fresh.id(),
                                fresh.version(),
                                new Trigger(TriggerKind.SCHEDULE, "2001-01-08", "schedule"),
                                fresh.interval(),
                                fresh.parameters(),
                                fresh.progress());
                        together.await();
                        return runs.createIfAbsent(run, Sample.steps("a"), Overlap.QUEUED);
                    })
                    .toList();
            List<CreatedRun> created = new java.util.ArrayList<>();
            for (Future<CreatedRun> call : threads.invokeAll(calls)) {
                created.add(call.get());
            }
            assertThat(created.stream().filter(CreatedRun::created)).hasSize(1);
            assertThat(created.stream().map(CreatedRun::id).collect(Collectors.toSet()))
                    .hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStateOfANewerServerFailsThatRunAlone() {
        DagId dag = sample.dag();
        RunId strange = sample.create(dag, 1, "a");
        RunId known = sample.create(dag, 2, "a");
        POSTGRES.execute("UPDATE run SET state = 'HIBERNATING' WHERE id = '" + strange + "'");

        assertThatThrownBy(() -> runs.load(strange))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage("run " + strange
                        + " has state 'HIBERNATING', which this Tidegate does not know; a newer one wrote it:"
                        + " upgrade this server");
        assertThat(runs.load(known)).isPresent();
        assertThat(POSTGRES.stores()
                        .runQueries()
                        .runs(Optional.of(dag.value()), Optional.empty(), Optional.empty(), 10)
                        .items())
                .extracting(run -> run.run())
                .containsExactly(known.toString());
        assertThat(runs.claim(sample.node(), 1000))
                .noneMatch(claimed -> claimed.id().equals(strange));
    }

    @Test
    void aMarkIsKeptWithTheStepAndFormerStepsWithTheirRun() {
        DagId dag = sample.dag();
        Sample.Owned owned = sample.own(dag, 1, "a", "b");
        Mark mark = new Mark(Mark.Outcome.FAILED, "ada", "wrong numbers", Sample.MONDAY);
        sample.commit(
                owned,
                new Change.StepWritten(StepRun.waiting(new StepId("a"))
                        .in(StepState.FAILED, "marked")
                        .withMark(mark)),
                new Change.StepsExchanged(Sample.steps("c"), Sample.steps("b")),
                new Change.StepWritten(StepRun.waiting(new StepId("c"))));

        RunSnapshot loaded = POSTGRES.stores().runs().load(owned.run()).orElseThrow();
        assertThat(loaded.step(new StepId("a")).findings().mark()).contains(mark);
        assertThat(loaded.steps().keySet()).as("its attempts may count on").contains(new StepId("b"), new StepId("c"));
        assertThat(POSTGRES.stores().runQueries().run(owned.run()).orElseThrow().steps())
                .as("former steps are not counted")
                .isEqualTo(Map.of(StepState.FAILED, 1, StepState.WAITING, 1));
        assertThat(POSTGRES.stores().runQueries().steps(owned.run()))
                .filteredOn(step -> step.step().equals("a"))
                .extracting(RunViews.Step::mark)
                .containsExactly(Optional.of(mark));
    }

    @Test
    void ofEachIntervalTheNewestRunIsFound() {
        DagId dag = sample.dag();
        sample.create(dag, 1, "a");
        RunId second = sample.create(dag, 1, "a");
        RunId other = sample.create(dag, 2, "a");
        sample.create(dag, 3, "a");
        assertThat(POSTGRES.stores()
                        .runQueries()
                        .newestRuns(dag, Sample.MONDAY, Sample.week(3).start(), 10))
                .extracting(RunViews.Summary::run)
                .containsExactly(second.toString(), other.toString());
    }

    @Test
    void commandsReachTheOwnerInOrder() {
        Sample.Owned owned = sample.own(sample.dag(), 1, "a");
        CommandStore commands = POSTGRES.stores().commands();
        long first = commands.submit(
                new CommandStore.Command(0, owned.run(), CommandStore.Type.CANCEL, CommandStore.Target.RUN, "ada", ""));
        long second = commands.submit(new CommandStore.Command(
                0,
                owned.run(),
                CommandStore.Type.RERUN_FROM,
                new CommandStore.Target(Sample.steps("a", "b"), Optional.of("cd".repeat(32))),
                "ada",
                "again"));
        assertThat(commands.pending(owned.node()))
                .extracting(CommandStore.Command::id, CommandStore.Command::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(first, CommandStore.Type.CANCEL),
                        org.assertj.core.groups.Tuple.tuple(second, CommandStore.Type.RERUN_FROM));
        assertThat(commands.pending(owned.node()).get(1).target())
                .isEqualTo(new CommandStore.Target(Sample.steps("a", "b"), Optional.of("cd".repeat(32))));
        assertThat(commands.pending(sample.node())).isEmpty();
        RunId nobody = Sample.runId();
        assertThatThrownBy(() -> commands.submit(new CommandStore.Command(
                        0, nobody, CommandStore.Type.CANCEL, CommandStore.Target.RUN, "ada", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no run " + nobody);
    }
}
