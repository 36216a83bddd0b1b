package io.tidegate.store.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.executor.ExternalJob;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeProfile;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.CommandStore.Command;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.RunStore.ClaimedRun;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may work on which run. */
final class ClaimTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final NodeReport QUIET = new NodeReport(false, List.of());

    private RunStore runs;
    private Sample sample;

    @BeforeEach
    void freshDatabase() {
        POSTGRES.execute("TRUNCATE dag, node, run CASCADE");
        runs = POSTGRES.stores().runs();
        sample = new Sample(POSTGRES.stores());
    }

    @Test
    void queueAdmitsOneRunAtATimeOldestIntervalFirst() {
        DagId dag = sample.dag();
        RunId third = sample.create(dag, 3, "a");
        RunId first = sample.create(dag, 1, "a");
        RunId second = sample.create(dag, 2, "a");
        NodeId node = sample.node();

        assertThat(runs.claim(node, 10)).extracting(ClaimedRun::id).containsExactly(first);
        assertThat(runs.claim(node, 10)).isEmpty();
        end(first);
        assertThat(runs.claim(node, 10)).extracting(ClaimedRun::id).containsExactly(second);
        end(second);
        assertThat(runs.claim(node, 10)).extracting(ClaimedRun::id).containsExactly(third);
    }

    @Test
    void aRunThatWaitsForTheIntervalBeforeGivesWayToItAndToNoOther() {
        DagId dag = sample.dag();
        RunId second = sample.create(dag, 2, "a");
        NodeId node = sample.node();
        runs.claim(node, 10);
        POSTGRES.execute(
                "UPDATE step_run SET state = 'RESOLVING', reason = 'waits', held = true WHERE run = '" + second + "'");
        RunId third = sample.create(dag, 3, "a");
        assertThat(runs.claim(node, 10)).isEmpty();
        RunId first = sample.create(dag, 1, "a");
        assertThat(runs.claim(node, 10)).extracting(ClaimedRun::id).containsExactly(first);
        end(first);
        assertThat(runs.claim(node, 10)).isEmpty();
        end(second);
        assertThat(runs.claim(node, 10)).extracting(ClaimedRun::id).containsExactly(third);
    }

    @Test
    void parallelAdmitsUpToItsLimit() {
        DagId dag = sample.dag();
        List<RunId> created = new ArrayList<>();
        for (int week = 0; week < 5; week++) {
            created.add(create(dag, week, TriggerKind.BACKFILL, new Overlap(Overlap.Policy.PARALLEL, 3)));
        }
        NodeId node = sample.node();
        assertThat(runs.claim(node, 10))
                .extracting(ClaimedRun::id)
                .containsExactlyInAnyOrderElementsOf(created.subList(0, 3));
        end(created.get(1));
        assertThat(runs.claim(node, 10)).extracting(ClaimedRun::id).containsExactly(created.get(3));
    }

    @Test
    void limitOfAClaimIsKept() {
        for (int number = 0; number < 5; number++) {
            sample.create(sample.dag(), 1, "a");
        }
        NodeId node = sample.node();
        assertThat(runs.claim(node, 3)).hasSize(3);
        assertThat(runs.claim(node, 3)).hasSize(2);
    }

    @Test
    void aWaitingRunIsCancelledWithoutAnOwner() {
        DagId dag = sample.dag();
        sample.create(dag, 1, "a");
        RunId waiting = sample.create(dag, 2, "a", "b");
        NodeId node = sample.node();
        runs.claim(node, 10);
        submit(waiting, CommandStore.Type.CANCEL);

        runs.claim(node, 10);

        RunSnapshot cancelled = runs.load(waiting).orElseThrow();
        assertThat(cancelled.run().state()).isEqualTo(RunState.CANCELLED);
        assertThat(cancelled.run().progress().reason()).isEqualTo("cancelled by ada: enough");
        assertThat(cancelled.steps().values()).allMatch(step -> step.state() == StepState.CANCELLED);
        assertThat(runs.claim(node, 10)).as("the command is done").isEmpty();
    }

    @Test
    void anEndedRunIsTakenForACommand() {
        RunId run = sample.create(sample.dag(), 1, "a");
        NodeId node = sample.node();
        runs.claim(node, 10);
        end(run);
        assertThat(runs.claim(node, 10)).isEmpty();
        submit(run, CommandStore.Type.RERUN_FAILED);

        List<ClaimedRun> claimed = runs.claim(node, 10);

        assertThat(claimed).extracting(ClaimedRun::id).containsExactly(run);
        Command command = POSTGRES.stores().commands().pending(node).get(0);
        assertThat(commit(claimed.get(0), new Change.CommandDone(command.id()))).isEqualTo(CommitOutcome.WRITTEN);
        assertThat(POSTGRES.stores().commands().pending(node)).isEmpty();
    }

    @Test
    void anotherNodeTakesRunsWhenTheLeaseRanOutAndTheOldOwnerIsFencedOff() {
        RunId run = sample.create(sample.dag(), 1, "a");
        NodeId old = sample.node();
        ClaimedRun before = runs.claim(old, 10).get(0);
        NodeId next = sample.node();
        assertThat(runs.claim(next, 10)).as("while the lease lives").isEmpty();

        POSTGRES.stores().nodes().release(old);
        ClaimedRun after = runs.claim(next, 10).get(0);

        assertThat(after.id()).isEqualTo(run);
        assertThat(after.fence()).isGreaterThan(before.fence());
        assertThat(commit(before, Sample.step("a", StepState.RUNNING))).isEqualTo(CommitOutcome.STALE);
        assertThat(commit(after, Sample.step("a", StepState.RUNNING))).isEqualTo(CommitOutcome.WRITTEN);
        runs.release(run, before.fence());
        assertThat(commit(after, Sample.step("a", StepState.RESOLVING)))
                .as("a stale release does nothing")
                .isEqualTo(CommitOutcome.WRITTEN);
    }

    @Test
    void whatADeadOwnerHadAdmittedAndNotStartedIsTakenAtOnce() {
        RunId run = sample.create(sample.dag(), 1, "a");
        NodeId dead = sample.node();
        assertThat(runs.claim(dead, 10)).hasSize(1);
        POSTGRES.execute("UPDATE node SET lease_until = now() WHERE id = '" + dead.value() + "'");

        assertThat(runs.claim(sample.node(), 10)).extracting(ClaimedRun::id).containsExactly(run);
    }

    @Test
    void anOwnerWhoseLeaseRanOutCannotStartARunThatWasAdmittedBefore() {
        DagId dag = sample.dag();
        sample.create(dag, 2, "a");
        NodeId old = sample.node();
        ClaimedRun second = runs.claim(old, 10).get(0);
        RunId first = sample.create(dag, 1, "a");
        POSTGRES.stores().nodes().release(old);
        assertThat(runs.claim(sample.node(), 10)).extracting(ClaimedRun::id).containsExactly(first);
        assertThat(commit(second, written(second.id(), RunState.RUNNING))).isEqualTo(CommitOutcome.STALE);
    }

    @Test
    void whatANodeOwnsIsToldToItAgain() {
        DagId dag = sample.dag();
        sample.create(dag, 1, "a");
        sample.create(dag, 2, "a");
        NodeId node = sample.node();
        List<ClaimedRun> claimed = runs.claim(node, 10);
        assertThat(runs.owned(node)).hasSize(1).isEqualTo(claimed);
        runs.release(claimed.get(0).id(), claimed.get(0).fence());
        assertThat(runs.owned(node)).isEmpty();
    }

    @Test
    void whatANodeOwnsIsNotToldWhileATakeOverOfItsGoesOn() throws SQLException {
        RunId run = sample.create(sample.dag(), 1, "a");
        NodeId node = sample.node();
        try (Connection unheard = POSTGRES.dataSource().getConnection();
                Statement statement = unheard.createStatement()) {
            unheard.setAutoCommit(false);
            statement.execute("UPDATE run SET owner = '" + node + "', fence = fence + 1 WHERE id = '" + run + "'");
            assertThatThrownBy(() -> runs.owned(node)).isInstanceOf(StoreUnavailableException.class);
            unheard.commit();
        }
        assertThat(runs.owned(node)).extracting(ClaimedRun::id).containsExactly(run);
    }

    @Test
    void aRunWithAProcessOnAnotherMachineIsLeftToTheNextServerThere() {
        RunId run = sample.create(sample.dag(), 1, "a");
        leftOnEast();

        assertThat(runs.claim(nodeOn("west", "another-boot"), 10)).isEmpty();
        assertThat(runs.claim(nodeOn("east", "first-boot"), 10))
                .extracting(ClaimedRun::id)
                .containsExactly(run);
    }

    @Test
    void aRunWhoseMachineDoesNotComeBackIsTakenByAnyServer() {
        RunId run = sample.create(sample.dag(), 1, "a");
        NodeId gone = leftOnEast();
        POSTGRES.execute("UPDATE node SET lease_until = now() - interval '3 minutes' WHERE id = '" + gone + "'");

        assertThat(runs.claim(nodeOn("west", "another-boot"), 10))
                .extracting(ClaimedRun::id)
                .containsExactly(run);
    }

    @Test
    void aMachineThatWasStartedAnewTakesTheRunsOfBefore() {
        RunId run = sample.create(sample.dag(), 1, "a");
        leftOnEast();

        assertThat(runs.claim(nodeOn("east", "second-boot"), 10))
                .extracting(ClaimedRun::id)
                .containsExactly(run);
    }

    private static NodeId nodeOn(String machine, String boot) {
        NodeId node = new NodeId(UUID.randomUUID());
        NodeProfile.Machine place = new NodeProfile.Machine(machine, boot);
        POSTGRES.stores()
                .nodes()
                .register(node, new NodeProfile("test", "1.0.0", Optional.of(place)), Duration.ofHours(1));
        return node;
    }

    /** A server takes the run that waits, starts a process for it, and is gone. */
    private NodeId leftOnEast() {
        NodeId gone = nodeOn("east", "first-boot");
        ClaimedRun run = runs.claim(gone, 10).get(0);
        Attempt launched = Sample.attempt(new Sample.Owned(run.id(), run.fence(), gone), "a", 1, AttemptState.RUNNING);
        ExternalJob process = new ExternalJob(launched.key(), "4711", Map.of(ExternalJob.BOOT, "first-boot"));
        commit(run, written(run.id(), RunState.RUNNING));
        commit(run, new Change.AttemptWritten(launched.withJob(process)));
        POSTGRES.stores().nodes().release(gone);
        return gone;
    }

    @Test
    void aNodeWithoutALiveLeaseGetsNothing() {
        sample.create(sample.dag(), 1, "a");
        NodeId expired = new NodeId(UUID.randomUUID());
        POSTGRES.stores().nodes().register(expired, new NodeProfile("late", "1.0.0"), Duration.ZERO);
        assertThat(runs.claim(expired, 10)).isEmpty();
        assertThat(POSTGRES.stores().nodes().renew(expired, Duration.ofHours(1), QUIET))
                .as("a lease that ran out stays so")
                .isFalse();
        NodeId known = sample.node();
        assertThat(POSTGRES.stores().nodes().renew(known, Duration.ofHours(1), QUIET))
                .isTrue();
    }

    @Test
    void aNodeThatRegistersAnewHasDroppedItsRuns() {
        RunId run = sample.create(sample.dag(), 1, "a");
        NodeId node = sample.node();
        ClaimedRun before = runs.claim(node, 10).get(0);
        POSTGRES.stores().nodes().register(node, new NodeProfile("again", "1.0.0"), Duration.ofHours(1));
        ClaimedRun after = runs.claim(node, 10).get(0);
        assertThat(after.id()).isEqualTo(run);
        assertThat(after.fence()).isGreaterThan(before.fence());
    }

    @Test
    void twoNodesAtOnceNeverShareARunNorExceedALimit() throws Exception {
        for (int number = 0; number < 8; number++) {
            DagId dag = sample.dag();
            for (int week = 0; week < 6; week++) {
                create(
                        dag,
                        week,
                        TriggerKind.BACKFILL,
                        number % 2 == 0 ? Overlap.QUEUED : new Overlap(Overlap.Policy.PARALLEL, 2));
            }
        }
        List<NodeId> nodes = List.of(sample.node(), sample.node(), sample.node(), sample.node());
        CyclicBarrier together = new CyclicBarrier(nodes.size());
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            for (int round = 0; round < 12; round++) {
                List<Callable<List<ClaimedRun>>> calls = new ArrayList<>();
                for (NodeId node : nodes) {
                    calls.add(() -> {
                        together.await();
                        return runs.claim(node, 5);
                    });
                }
                List<RunId> claimed = new ArrayList<>();
                for (Future<List<ClaimedRun>> call : threads.invokeAll(calls)) {
                    call.get().forEach(run -> claimed.add(run.id()));
                }
                assertThat(new HashSet<>(claimed)).hasSameSizeAs(claimed);
                assertThat(tooManyAdmitted()).isZero();
                claimed.forEach(this::end);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(runs.claim(nodes.get(0), 100)).as("everything was run").isEmpty();
    }

    private long tooManyAdmitted() {
        return POSTGRES.count(
                "SELECT count(*) FROM (SELECT dag FROM run WHERE admitted GROUP BY dag HAVING count(*) > max(overlap_limit)) x");
    }

    private RunId create(DagId dag, int week, TriggerKind kind, Overlap overlap) {
        Run run = Sample.run(dag, week, kind);
        runs.createIfAbsent(run, Sample.steps("a", "b"), overlap);
        return run.id();
    }

    private void submit(RunId run, CommandStore.Type type) {
        POSTGRES.stores().commands().submit(new Command(0, run, type, CommandStore.Target.RUN, "ada", "enough"));
    }

    private CommitOutcome commit(ClaimedRun claimed, Change... changes) {
        return sample.commit(new Sample.Owned(claimed.id(), claimed.fence(), sample.node()), changes);
    }

    private Change.RunWritten written(RunId id, RunState state) {
        Run run = runs.load(id).orElseThrow().run();
        return new Change.RunWritten(run.withProgress(
                new Run.Progress(state, Sample.MONDAY, Optional.of(Sample.MONDAY), Optional.empty(), "")));
    }

    /** What the owner does at the end of a run. */
    private void end(RunId run) {
        long fence = POSTGRES.count("SELECT fence FROM run WHERE id = '" + run + "'");
        commit(new ClaimedRun(run, fence), written(run, RunState.SUCCEEDED));
        runs.release(run, fence);
    }
}
