package io.tidegate.server.definitions;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.trigger.CurrentDags;
import io.tidegate.scheduler.trigger.DagOutline;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The DAGs in the database that are not removed, each with the outline of its current version in memory. Thread-safe. */
public final class RegisteredDags implements CurrentDags {
    private static final Logger LOG = LoggerFactory.getLogger(RegisteredDags.class);

    private final DagStore store;
    private final StoredDags dags;
    private final Map<DagId, Outlined> outlines = new ConcurrentHashMap<>();

    private record Outlined(String hash, DagOutline outline) {}

    public RegisteredDags(DagStore store, StoredDags dags) {
        this.store = store;
        this.dags = dags;
    }

    /** Keeps the outline of a version that was read from a file and is about to be the current one, so that it need not be read again. */
    public void keepOutline(DagVersionId version, DagOutline outline) {
        outlines.put(version.dag(), new Outlined(version.hash(), outline));
    }

    @Override
    public Optional<CurrentDag> find(DagId id) {
        return find(List.of(id)).stream().findFirst();
    }

    @Override
    public List<CurrentDag> find(Collection<DagId> ids) {
        return readable(store.find(ids));
    }

    @Override
    public List<CurrentDag> all() {
        List<DagStore.CurrentDag> all = store.all();
        Set<DagId> present = new HashSet<>();
        all.forEach(dag -> present.add(dag.version().dag()));
        outlines.keySet().retainAll(present);
        return readable(all);
    }

    private List<CurrentDag> readable(List<DagStore.CurrentDag> found) {
        return found.stream().flatMap(dag -> readable(dag).stream()).toList();
    }

    /** One DAG that this build cannot read must not hide the others. */
    private Optional<CurrentDag> readable(DagStore.CurrentDag dag) {
        DagVersionId version = dag.version();
        try {
            return Optional.of(new CurrentDag(
                    version,
                    outline(version),
                    dag.paused(),
                    () -> dags.require(version).graph()));
        } catch (IllegalStateException unreadable) {
            LOG.warn("{}", unreadable.getMessage());
            return Optional.empty();
        }
    }

    private DagOutline outline(DagVersionId version) {
        Outlined known = outlines.get(version.dag());
        if (known == null || !known.hash().equals(version.hash())) {
            known = new Outlined(
                    version.hash(), DagOutline.of(dags.require(version).graph()));
            outlines.put(version.dag(), known);
        }
        return known.outline();
    }
}
