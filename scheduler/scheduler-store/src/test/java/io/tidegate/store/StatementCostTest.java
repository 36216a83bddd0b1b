package io.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Direction;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.HistoryStore;
import io.tidegate.scheduler.store.HistoryStore.Retention;
import io.tidegate.scheduler.store.Outbox;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.view.RunQueries.MetricFilter;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With 20,000 runs and 100,000 steps behind them, everyday statements still go by index; a hop takes few of them. */
final class StatementCostTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    /** Tables that grow with every run. */
    private static final Set<String> GROWING = Set.of(
            "run",
            "step_run",
            "attempt",
            "run_event",
            "attempt_report",
            "metric",
            "partition_use",
            "partition_current",
            "outbox");

    /** So often that the server has settled on a plan that does not look at the values. */
    private static final int OFTEN = 8;

    private static DagId dag;
    private WatchedDatabase watched;
    private PostgresStores stores;
    private Sample sample;

    @BeforeAll
    static void years() {
        dag = new Sample(POSTGRES.stores()).dag();
        POSTGRES.execute("""
                INSERT INTO run (id, dag, version, trigger_kind, trigger_key, actor, interval_start, interval_end, interval_zone,
                                 partition, parameters, state, created_at, overlap_policy, overlap_limit)
                SELECT CAST('01800000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid), '%s', '%s', 'SCHEDULE', 'k' || n, 'schedule',
                       now() - n * interval '1 hour', now() - n * interval '1 hour' + interval '1 hour', 'UTC', 'p' || n, '{}',
                       CASE WHEN n %% 50 = 0 THEN 'FAILED' ELSE 'SUCCEEDED' END, now(), 'QUEUE', 1
                FROM generate_series(1, 20000) n""".formatted(dag, Sample.HASH));
        POSTGRES.execute("""
                INSERT INTO step_run (run, step, state) SELECT id, 's' || n, 'SUCCEEDED' FROM run, generate_series(1, 5) n""");
        POSTGRES.execute("""
                INSERT INTO attempt (run, step, number, launch_key, executor, state, created_at)
                SELECT run, step, 1, step || run, 'process', 'SUCCEEDED', now() FROM step_run""");
        POSTGRES.execute("INSERT INTO run_event (run, at, type) SELECT run, now(), 'step_succeeded' FROM step_run");
        POSTGRES.execute("""
                INSERT INTO attempt_report (run, step, attempt, taken_at, code_digest, parameters, outputs, problems)
                SELECT run, step, 1, now(), 'd', '{}', '{}', '[]' FROM step_run""");
        POSTGRES.execute("""
                INSERT INTO metric (run, dag, step, attempt, partition, interval_start, name, value, samples, model, comparison, at)
                SELECT s.run, r.dag, s.step, 1, r.partition, r.interval_start, 'm' || s.step, 1, 1, 'big', false, now()
                FROM step_run s JOIN run r ON r.id = s.run""");
        POSTGRES.execute("""
                INSERT INTO partition_use (run, step, attempt, direction, dag, dataset, data_class, partition, uri, effective, at)
                SELECT s.run, s.step, 1, d, r.dag, 'd' || substr(s.step, 2)::int + CASE d WHEN 'READ' THEN 0 ELSE 1 END, 'RAW',
                       r.partition, 'u', true, now()
                FROM step_run s JOIN run r ON r.id = s.run CROSS JOIN (VALUES ('READ'), ('WRITE')) v (d)
                ORDER BY s.step, d""");
        POSTGRES.execute("""
                INSERT INTO partition_current (dag, dataset, partition, data_class, uri, run, step, attempt, written_at)
                SELECT dag, dataset, partition, data_class, uri, run, step, attempt, at FROM partition_use WHERE direction = 'WRITE'""");
        POSTGRES.execute("""
                INSERT INTO outbox (topic, destination, reference, action, created_at, next_at, delivered_at)
                SELECT 'LINEAGE', '', id || '/s/1/START', 'start', now(), now(), now() FROM run""");
        POSTGRES.execute("VACUUM ANALYZE");
    }

    @BeforeEach
    void watch() throws SQLException {
        watched = new WatchedDatabase(POSTGRES);
        stores = watched.stores();
        sample = new Sample(stores);
    }

    @AfterEach
    void close() throws SQLException {
        watched.close();
    }

    private interface Work {
        void run(int time);
    }

    private void goesByIndex(Work work) throws SQLException {
        Map<String, Long> before = watched.fullReads();
        for (int time = 1; time <= OFTEN; time++) {
            work.run(time);
        }
        Map<String, Long> after = watched.fullReads();
        for (String table : GROWING) {
            assertThat(after.get(table)).as("full reads of " + table).isEqualTo(before.get(table));
        }
    }

    @Test
    void aRunFromTriggerToEnd() throws SQLException {
        goesByIndex(time -> {
            Owned owned = sample.own(dag, time, "a", "b");
            hop(owned);
            stores.runs().load(owned.run());
            stores.commands().pending(owned.node());
            stores.runs().claim(owned.node(), new RunStore.Wish(10, true, Set.of()));
            stores.runs().owned(owned.node());
            stores.nodes().load(owned.node());
            stores.nodeQueries().nodes();
            stores.runs().release(owned.run(), owned.fence());
            stores.outbox().due(Outbox.Topic.LINEAGE, Sample.MONDAY, 10);
            stores.outbox().due(Outbox.Topic.ALERT, Sample.MONDAY, 10);
        });
    }

    /** What happens between two steps: one ends with its report, the next one is launched. */
    private void hop(Owned owned) {
        StepReport report = Sample.metrics(Sample.metric("rows", 3, Optional.empty(), Optional.empty()));
        sample.commit(
                owned,
                Sample.step("a", StepState.SUCCEEDED),
                Sample.attemptWritten(owned, "a", 1, AttemptState.SUCCEEDED),
                new Change.ReportTaken(
                        new StepId("a"),
                        1,
                        report,
                        List.of(Sample.use(
                                Direction.WRITE,
                                dag,
                                "clean",
                                DataClass.RAW,
                                owned.run().toString(),
                                "c")),
                        "digest",
                        Sample.MONDAY),
                new Change.EventAppended(Sample.MONDAY, Optional.empty(), Optional.empty(), "step_succeeded", Map.of()),
                Sample.step("b", StepState.RUNNING),
                Sample.attemptWritten(owned, "b", 1, AttemptState.LAUNCHING),
                new Change.LineageAnnounced(new StepId("a"), 1, Change.LineageEvent.COMPLETE, Sample.MONDAY));
    }

    @Test
    void aHopTakesOneStatementAndOneForEachFurtherKindOfRow() {
        Owned owned = sample.own(dag, 1, "a", "b");
        watched.statements();
        hop(owned);
        assertThat(watched.statements())
                .as("runs locked and steps, attempts, events and reports written, uses, partitions, metrics, lineage")
                .hasSize(5);
        sample.commit(
                owned,
                Sample.step("b", StepState.SUCCEEDED),
                Sample.attemptWritten(owned, "b", 1, AttemptState.SUCCEEDED),
                new Change.AlertResolved(
                        dag, "step_failed:" + dag + "/b", "b succeeded", List.of("log"), Sample.MONDAY));
        assertThat(watched.statements()).as("no alert is open").hasSize(1);
    }

    /** A few runs are too many, all are too young: looking for what may go must not read what stays. */
    @Test
    void whatRetentionLooksFor() throws SQLException {
        Retention retention =
                new Retention(Optional.of(java.time.Instant.parse("2022-01-01T00:00:00Z")), OptionalInt.of(19_990));
        goesByIndex(time -> {
            HistoryStore.Surplus surplus = stores.history().surplus(retention).get(0);
            assertThat(stores.history().prune(surplus, retention, 1)).isEqualTo(1);
            stores.history().pruneMessages(Sample.MONDAY, 0, 100);
        });
    }

    @Test
    void whatStepsLookUp() throws SQLException {
        ModelName model = new ModelName("big");
        String run = "01800000-0000-7000-8000-000000000100";
        goesByIndex(time -> {
            stores.resolutionReads().history(model, "ms3", java.time.Instant.parse("2100-01-01T00:00:00Z"), 20);
            stores.resolutionReads().metrics(io.tidegate.scheduler.run.RunId.of(run), new StepId("s1"));
            stores.resolutionReads().partitions(dag, new DatasetName("d3"), List.of("p1", "p2", "p3"));
            stores.resolutionReads().challenger(model, io.tidegate.scheduler.run.RunId.of(run));
            stores.resolutionReads().lastTraining(model, Sample.MONDAY);
        });
    }

    @Test
    void whatPeopleAsk() throws SQLException {
        var run = io.tidegate.scheduler.run.RunId.of("01800000-0000-7000-8000-000000000200");
        StepId step = new StepId("s2");
        Optional<String> none = Optional.empty();
        goesByIndex(time -> {
            stores.runQueries().runs(none, Optional.empty(), none, 25);
            stores.runQueries().runs(Optional.of(dag.value()), Optional.empty(), Optional.of(run.toString()), 25);
            stores.runQueries().runs(none, Optional.of(RunState.FAILED), none, 25);
            stores.runQueries().runs(Optional.of(dag.value()), Optional.of(RunState.FAILED), none, 25);
            stores.runQueries().newestRuns(dag, Sample.MONDAY, java.time.Instant.now(), 25);
            stores.runQueries().run(run);
            stores.runQueries().steps(run);
            stores.runQueries().attempts(run, step);
            stores.runQueries().uses(run, step);
            stores.runQueries().events(run, 0, 100);
            stores.runQueries().outputs(run, step);
            stores.runQueries().attemptState(new io.tidegate.executor.LaunchKey("s2-" + run));
            stores.runQueries().attemptEnd(new io.tidegate.executor.LaunchKey("s2-" + run));
            metrics(new MetricFilter(none, none, none, none, none, false));
            metrics(new MetricFilter(Optional.of(dag.value()), none, none, none, none, false));
            metrics(new MetricFilter(none, Optional.of(run.toString()), Optional.of("s2"), none, none, true));
            metrics(new MetricFilter(none, none, none, Optional.of("big"), Optional.of("ms3"), false));
            stores.dataQueries().partitions(dag, new DatasetName("d3"), 50);
            stores.dataQueries().alerts(true, 10);
        });
    }

    private void metrics(MetricFilter filter) {
        assertThat(stores.runQueries().metrics(filter, Optional.empty(), 50).items())
                .isNotEmpty();
    }

    @Test
    void lineageOfOnePartition() throws SQLException {
        goesByIndex(time -> {
            assertThat(stores.dataQueries()
                            .lineage("dataset:" + dag + "/d6@p77", true, false, 100)
                            .orElseThrow()
                            .nodes())
                    .as("six datasets and the five steps between them")
                    .hasSize(11);
            assertThat(stores.dataQueries()
                            .lineage("dataset:" + dag + "/d2@p77", false, true, 100)
                            .orElseThrow()
                            .nodes())
                    .hasSize(9);
        });
    }
}
