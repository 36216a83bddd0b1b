package io.tidegate.server.definitions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.dag.Secret;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.DagStore.StoredVersion;
import io.tidegate.server.settings.DefinitionsSection;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Graphs of stored versions. Those that were asked for lately are kept, as far as there is room; the others are parsed again. Thread-safe.
 */
public final class StoredDags {
    private static final Logger LOG = LoggerFactory.getLogger(StoredDags.class);
    /** Older versions with secrets than these are read when somebody asks for them. */
    private static final int MOST_READ_AT_START = 500;

    /** Steps of the graphs that are kept. */
    private static final int MOST_STEPS = 30_000;

    private static final int STEPS_FOR_ITSELF = 20;

    private final DagStore store;
    private final Consumer<Collection<Secret>> secrets;
    private final Cache<DagVersionId, Stored> cache = Caffeine.newBuilder()
            .maximumWeight(MOST_STEPS)
            .weigher(StoredDags::weight)
            .build();

    /** A graph takes about a kilobyte a step, and some for itself. The largest one must not be too heavy to be kept at all. */
    private static int weight(DagVersionId id, Stored stored) {
        return Math.min(
                MOST_STEPS / 2, STEPS_FOR_ITSELF + stored.graph().order().size());
    }

    /** @param secrets hears of the secrets of each version that is read */
    public StoredDags(DagStore store, Consumer<Collection<Secret>> secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /** Reads the versions that declare secrets, so that these are known before anybody reads the logs of earlier runs. */
    public void findSecrets() {
        for (DagVersionId version : store.mentioning("\"secrets\":", MOST_READ_AT_START)) {
            try {
                require(version);
            } catch (IllegalStateException unreadable) {
                LOG.debug("secrets of an old version are not known", unreadable);
            }
        }
    }

    /**
     * @param folder absolute path of the snapshot of the DAG's folder
     */
    public record Stored(DagGraph graph, String folder, StoredVersion version) {}

    /**
     * @throws IllegalStateException when this build can no longer read a version that an earlier one took in
     */
    public Optional<Stored> find(DagVersionId id) {
        return Optional.ofNullable(
                cache.get(id, key -> store.version(key).map(this::parse).orElse(null)));
    }

    /**
     * @throws IllegalStateException when there is no such version
     */
    public Stored require(DagVersionId id) {
        return find(id).orElseThrow(
                        () -> new IllegalStateException("DAG " + id.dag() + " has no version " + id.hash()));
    }

    /** The file's own text, for its order of steps; where that alone is not the DAG because it uses libraries, the canonical form is. */
    private Stored parse(StoredVersion version) {
        ParserLimits limits = DefinitionsSection.widest();
        ParseResult source = DagParser.parse(version.fileName(), version.source(), limits);
        ParseResult result = source.graph().isPresent()
                ? source
                : DagParser.parse(version.fileName(), version.canonicalForm(), limits);
        DagGraph graph = result.graph()
                .orElseThrow(() -> new IllegalStateException("version "
                        + version.id().hash() + " of DAG " + version.id().dag() + " cannot be read by this Tidegate: "
                        + result.problems().get(0).message()));
        secrets.accept(graph.definition().resources().secrets());
        return new Stored(graph, version.folder(), version);
    }
}
