package io.tidegate.server.definitions;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.trigger.CurrentDags;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The DAGs in the database that are not removed, each with the graph of its current version. Thread-safe. */
public final class RegisteredDags implements CurrentDags {
    private static final Logger LOG = LoggerFactory.getLogger(RegisteredDags.class);

    private final DagStore store;
    private final StoredDags dags;

    public RegisteredDags(DagStore store, StoredDags dags) {
        this.store = store;
        this.dags = dags;
    }

    @Override
    public Optional<CurrentDag> find(DagId id) {
        return all().stream().filter(dag -> dag.id().equals(id)).findFirst();
    }

    @Override
    public List<CurrentDag> all() {
        return store.all().stream().flatMap(dag -> readable(dag).stream()).toList();
    }

    /** One DAG that this build cannot read must not hide the others. */
    private Optional<CurrentDag> readable(DagStore.CurrentDag dag) {
        try {
            return Optional.of(
                    new CurrentDag(dag.version(), dags.require(dag.version()).graph(), dag.paused()));
        } catch (IllegalStateException unreadable) {
            LOG.warn("{}", unreadable.getMessage());
            return Optional.empty();
        }
    }
}
