package io.tidegate.scheduler.trigger;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.DagStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DAGs of a database in memory, of which schedules need the marks only. */
final class Marks implements DagStore {
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
    public Map<DagId, Instant> scheduledUpTo(Collection<DagId> dags) {
        Map<DagId, Instant> found = new HashMap<>(byDag);
        found.keySet().retainAll(dags);
        return found;
    }

    @Override
    public List<CurrentDag> find(Collection<DagId> dags) {
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
