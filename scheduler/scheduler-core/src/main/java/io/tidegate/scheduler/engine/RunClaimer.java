package io.tidegate.scheduler.engine;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.RunStore.ClaimedRun;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes over runs that nobody owns and brings them to life in memory. Used by one thread. */
final class RunClaimer {
    private static final System.Logger LOG = System.getLogger(RunClaimer.class.getName());
    private static final int BATCH = 50;
    private static final Duration LEFT_TO_OTHERS = Duration.ofSeconds(3);

    private final RunStore runs;
    private final DagCatalogue dags;
    private final Supplier<Optional<NodeId>> node;
    private final RunActor.Surroundings around;
    private final Neighbours neighbours;
    private final int mostRuns;
    private final Deque<ClaimedRun> claimed = new ArrayDeque<>();
    private Optional<NodeId> claimedBy = Optional.empty();
    private Instant tookAll;
    private boolean answerLost;

    RunClaimer(
            RunStore runs,
            DagCatalogue dags,
            Supplier<Optional<NodeId>> node,
            RunActor.Surroundings around,
            Neighbours neighbours,
            int mostRuns) {
        this.runs = runs;
        this.dags = dags;
        this.node = node;
        this.around = around;
        this.neighbours = neighbours;
        this.mostRuns = mostRuns;
        this.tookAll = around.clock().instant();
    }

    /** Claims until there is nothing to claim or no room. */
    void round() {
        Optional<NodeId> self = node.get();
        if (!self.equals(claimedBy)) {
            claimed.clear();
            claimedBy = self;
        }
        if (answerLost && self.isPresent()) {
            takeUnheard(self.get());
        }
        adoptClaimed();
        boolean fairly = isFair();
        boolean more = self.isPresent();
        while (more) {
            // A run that waits for another one must not keep that one out.
            int held = around.actors().size() - around.actors().waitingForRuns();
            int wanted = Math.min(BATCH, mostRuns - held);
            if (wanted <= 0) {
                return;
            }
            List<ClaimedRun> taken = claim(
                    self.get(),
                    new RunStore.Wish(wanted, fairly, around.actors().setAside()));
            claimed.addAll(taken);
            adoptClaimed();
            more = taken.size() == wanted;
        }
    }

    private List<ClaimedRun> claim(NodeId self, RunStore.Wish wish) {
        try {
            return runs.claim(self, wish);
        } catch (StoreUnavailableException outage) {
            answerLost = true;
            throw outage;
        }
    }

    /**
     * Runs that were taken over by a transaction whose answer was lost. While this node lives nobody else would take them. One that is given back
     * at this moment may be among them; its fence is stale by then, and it is dropped with the first thing that is to be written.
     */
    private void takeUnheard(NodeId self) {
        runs.owned(self).stream()
                .filter(run -> around.actors().find(run.id()).isEmpty())
                .filter(run -> !claimed.contains(run))
                .forEach(claimed::add);
        answerLost = false;
    }

    /** Others may be too full or too ill for what is theirs: now and then everything is taken, so that nothing lies about. */
    private boolean isFair() {
        if (neighbours.areGone()) {
            return false;
        }
        Instant now = around.clock().instant();
        if (Duration.between(tookAll, now).compareTo(LEFT_TO_OTHERS) < 0) {
            return true;
        }
        tookAll = now;
        return false;
    }

    /** A claimed run stays on the list until it is adopted, so that an outage in between loses none. */
    private void adoptClaimed() {
        Map<RunId, RunSnapshot> loaded = loadTogether();
        while (!claimed.isEmpty()) {
            adopt(claimed.peek(), loaded);
            claimed.remove();
        }
    }

    /** What is claimed as it is in the database; nothing when one of them cannot be read, which shows when each is loaded for itself. */
    private Map<RunId, RunSnapshot> loadTogether() {
        if (claimed.size() < 2) {
            return Map.of();
        }
        try {
            return runs.load(claimed.stream().map(ClaimedRun::id).toList());
        } catch (StoreUnavailableException outage) {
            throw outage;
        } catch (RuntimeException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "claimed runs are loaded one by one", unreadable);
            return Map.of();
        }
    }

    private void adopt(ClaimedRun claim, Map<RunId, RunSnapshot> loaded) {
        try {
            RunSnapshot snapshot = Optional.ofNullable(loaded.get(claim.id()))
                    .or(() -> runs.load(claim.id()))
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
                    "run " + claim.id()
                            + " cannot be read by this server, which leaves it to others until it is started again",
                    unreadable);
            around.actors().setAside(claim.id());
            runs.release(claim.id(), claim.fence());
        }
    }
}
