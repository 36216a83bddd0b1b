package io.tidegate.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.node.NodeLoad;
import io.tidegate.scheduler.node.NodeReport;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.NodeStore;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.RunStore.ClaimedRun;
import io.tidegate.scheduler.store.RunStore.Wish;
import io.tidegate.scheduler.view.NodeQueries.NodeLoop;
import io.tidegate.scheduler.view.NodeQueries.NodeView;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which nodes there are, what they own, and what is whose share. */
final class NodeStoreTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final NodeReport DRAINING = new NodeReport(true, List.of());

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private NodeStore nodes;
    private RunStore runs;
    private Sample sample;

    @BeforeEach
    void freshDatabase() {
        POSTGRES.execute("TRUNCATE dag, node, run CASCADE");
        nodes = POSTGRES.stores().nodes();
        runs = POSTGRES.stores().runs();
        sample = new Sample(POSTGRES.stores());
    }

    private List<RunId> going(NodeId owner, int count) {
        List<RunId> created = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            created.add(sample.create(sample.dag(), 1, "a"));
        }
        assertThat(runs.claim(owner, count)).hasSize(count);
        POSTGRES.execute("UPDATE run SET state = 'RUNNING'");
        return created;
    }

    @Test
    void aNodeThatLeavesGivesBackEverythingAtOnce() {
        NodeId leaving = sample.node();
        NodeId staying = sample.node();
        going(leaving, 3);

        nodes.release(leaving);

        assertThat(POSTGRES.count("SELECT count(*) FROM run WHERE owner IS NOT NULL"))
                .isZero();
        assertThat(nodes.load(staying)).isEqualTo(new NodeLoad(0, 3, 1));
        assertThat(runs.claim(staying, new Wish(10, true, Set.of()))).hasSize(3);
    }

    @Test
    void whatGoesIsTakenUpToTheNodesShareUnlessTheNodeIsAskedToTakeAll() {
        NodeId leaving = sample.node();
        NodeId first = sample.node();
        NodeId second = sample.node();
        going(leaving, 5);
        nodes.release(leaving);

        List<ClaimedRun> fair = runs.claim(first, new Wish(10, true, Set.of()));
        assertThat(fair).hasSize(3);
        assertThat(runs.claim(first, new Wish(10, true, Set.of()))).isEmpty();
        assertThat(nodes.load(second)).isEqualTo(new NodeLoad(0, 5, 2));
        assertThat(runs.claim(first, new Wish(10, false, Set.of()))).hasSize(2);
    }

    @Test
    void aNodeThatDrainsCountsForNobodysShare() {
        NodeId draining = sample.node();
        NodeId other = sample.node();
        assertThat(nodes.load(other).nodes()).isEqualTo(2);
        nodes.renew(draining, HOUR, DRAINING);

        assertThat(nodes.load(other).isAlone()).isTrue();
        assertThat(POSTGRES.stores().nodeQueries().nodes())
                .extracting(NodeView::state)
                .containsExactlyInAnyOrder("draining", "alive");
    }

    @Test
    void whatANodeCannotWorkOnIsLeftToOthersAndKeepsItsPlaceInTheQueue() {
        NodeId old = sample.node();
        NodeId other = sample.node();
        RunId unreadable = sample.create(sample.dag(), 1, "a");
        RunId going = going(sample.node(), 1).get(0);
        POSTGRES.execute("UPDATE run SET owner = NULL WHERE id = '" + going + "'");
        Wish wish = new Wish(10, false, Set.of(unreadable, going));

        assertThat(runs.claim(old, wish)).isEmpty();
        assertThat(runs.claim(other, 10)).extracting(ClaimedRun::id).contains(going);
    }

    @Test
    void peopleSeeWhatANodeOwnsAndHowItIs() {
        Owned owned = sample.own(sample.dag(), 1, "a", "b");
        sample.commit(
                owned,
                Sample.step("a", StepState.SUCCEEDED),
                Sample.attemptWritten(owned, "a", 1, AttemptState.SUCCEEDED),
                Sample.attemptWritten(owned, "b", 1, AttemptState.RUNNING));
        nodes.renew(
                owned.node(),
                HOUR,
                new NodeReport(false, List.of(new LoopLag("claim", Duration.ofMillis(1500), Duration.ofSeconds(1)))));

        NodeView view = POSTGRES.stores().nodeQueries().nodes().get(0);
        assertThat(view.name()).isEqualTo("test");
        assertThat(view.version()).isEqualTo("1.0.0");
        assertThat(view.state()).isEqualTo("alive");
        assertThat(view.runs()).isEqualTo(1);
        assertThat(view.attempts()).as("those that are over do not count").isEqualTo(1);
        assertThat(view.leaseAgeMillis()).isBetween(0L, 60_000L);
        assertThat(view.leaseLeftMillis()).isBetween(3_000_000L, 3_600_000L);
        assertThat(view.loops()).containsExactly(new NodeLoop("claim", 1500, 1000, false));

        nodes.release(owned.node());
        assertThat(POSTGRES.stores().nodeQueries().nodes())
                .singleElement()
                .satisfies(gone -> assertThat(gone.state()).isEqualTo("gone"));
    }

    @Test
    void aServerOfTheVersionBeforeStandsBesideThisOne() {
        // What it writes when it registers: it knows nothing of what has come since.
        POSTGRES.execute("INSERT INTO node (id, name, lease_until)"
                + " VALUES ('01900000-0000-7000-8000-000000000001', 'old', now() + interval '30 seconds')");

        NodeView old = POSTGRES.stores().nodeQueries().nodes().get(0);
        assertThat(old.state()).isEqualTo("alive");
        assertThat(old.version()).isEmpty();
        assertThat(old.loops()).isEmpty();
        assertThat(nodes.load(sample.node()).nodes()).isEqualTo(2);
    }
}
