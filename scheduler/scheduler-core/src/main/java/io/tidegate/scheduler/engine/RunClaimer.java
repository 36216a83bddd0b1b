package io.tidegate.scheduler.engine;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.RunStore.ClaimedRun;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes over runs that nobody owns and brings them to life in memory. Used by one thread. */
final class RunClaimer {
    private static final System.Logger LOG = System.getLogger(RunClaimer.class.getName());
    private static final int BATCH = 50;

    private final RunStore runs;
    private final DagCatalogue dags;
    private final Supplier<Optional<NodeId>> node;
    private final RunActor.Surroundings around;
    private final int mostRuns;
    private final Deque<ClaimedRun> claimed = new ArrayDeque<>();
    private Optional<NodeId> claimedBy = Optional.empty();

    RunClaimer(
            RunStore runs,
            DagCatalogue dags,
            Supplier<Optional<NodeId>> node,
            RunActor.Surroundings around,
            int mostRuns) {
        this.runs = runs;
        this.dags = dags;
        this.node = node;
        this.around = around;
        this.mostRuns = mostRuns;
    }

    /** Claims until there is nothing to claim or no room. */
    void round() {
        Optional<NodeId> self = node.get();
        if (!self.equals(claimedBy)) {
            claimed.clear();
            claimedBy = self;
        }
        adoptClaimed();
        boolean more = self.isPresent();
        while (more) {
            // A run that waits for another one must not keep that one out.
            int held = around.actors().size() - around.actors().waitingForRuns();
            int wanted = Math.min(BATCH, mostRuns - held);
            if (wanted <= 0) {
                return;
            }
            List<ClaimedRun> taken = runs.claim(self.get(), wanted);
            claimed.addAll(taken);
            adoptClaimed();
            more = taken.size() == wanted;
        }
    }

    /** A claimed run stays on the list until it is adopted, so that an outage in between loses none. */
    private void adoptClaimed() {
        while (!claimed.isEmpty()) {
            adopt(claimed.peek());
            claimed.remove();
        }
    }

    private void adopt(ClaimedRun claim) {
        try {
            RunSnapshot snapshot = runs.load(claim.id())
                    .orElseThrow(
                            () -> new IllegalStateException("run " + claim.id() + " was claimed and is not there"));
            DagGraph graph = dags.graph(snapshot.run().version());
            RunActor actor = new RunActor(claim, graph, snapshot, around);
            around.actors().hold(actor);
            actor.post(new PlannerEvent.Adopted());
        } catch (StoreUnavailableException outage) {
            throw outage;
        } catch (RuntimeException unreadable) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "run " + claim.id() + " cannot be read and is set aside until the server is started again",
                    unreadable);
            around.actors().setAside(claim.id());
        }
    }
}
