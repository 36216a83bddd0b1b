package io.tidegate.server.definitions;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.DagStore.StoredVersion;
import io.tidegate.server.settings.DefinitionsSection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Graphs of stored versions, parsed once. Versions never change, so nothing is ever forgotten. Thread-safe. */
public final class StoredDags {
    private final DagStore store;
    private final Map<DagVersionId, Stored> cache = new ConcurrentHashMap<>();

    public StoredDags(DagStore store) {
        this.store = store;
    }

    /**
     * @param folder absolute path of the snapshot of the DAG's folder
     */
    public record Stored(DagGraph graph, String folder, StoredVersion version) {}

    /**
     * @throws IllegalStateException when this build can no longer read a version that an earlier one took in
     */
    public Optional<Stored> find(DagVersionId id) {
        Stored cached = cache.get(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        return store.version(id).map(version -> cache.computeIfAbsent(id, key -> parse(version)));
    }

    /**
     * @throws IllegalStateException when there is no such version
     */
    public Stored require(DagVersionId id) {
        return find(id).orElseThrow(
                        () -> new IllegalStateException("DAG " + id.dag() + " has no version " + id.hash()));
    }

    /** The file's own text, for its order of steps; where that alone is not the DAG because it uses libraries, the canonical form is. */
    private static Stored parse(StoredVersion version) {
        ParserLimits limits = DefinitionsSection.widest();
        ParseResult source = DagParser.parse(version.fileName(), version.source(), limits);
        ParseResult result = source.graph().isPresent()
                ? source
                : DagParser.parse(version.fileName(), version.canonicalForm(), limits);
        DagGraph graph = result.graph()
                .orElseThrow(() -> new IllegalStateException("version "
                        + version.id().hash() + " of DAG " + version.id().dag() + " cannot be read by this Tidegate: "
                        + result.problems().get(0).message()));
        return new Stored(graph, version.folder(), version);
    }
}
