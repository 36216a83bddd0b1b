package io.tidegate.server.runtime;

import io.tidegate.dag.DagId;
import io.tidegate.dag.Secret;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.DagRecursion;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.trigger.DagOutline;
import io.tidegate.server.definitions.DagListener;
import io.tidegate.server.definitions.DagRegistry;
import io.tidegate.server.definitions.EarlierReadings;
import io.tidegate.server.definitions.ModelFolders;
import io.tidegate.server.definitions.PoolChecks;
import io.tidegate.server.definitions.RegisteredDags;
import io.tidegate.server.definitions.StoredDags;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.secret.Secrets;
import io.tidegate.server.settings.Build;
import io.tidegate.server.settings.DefinitionsSection;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.store.PostgresStores;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * What is known of DAGs.
 *
 * @param stored graphs of all versions
 * @param current the DAGs that may be run
 * @param registry keeps them equal to the files
 */
record Definitions(StoredDags stored, RegisteredDags current, DagRegistry registry) implements AutoCloseable {

    static Definitions of(
            PostgresStores stores, ServerSettings settings, HomeFolder home, Secrets secrets, InstantSource clock) {
        StoredDags stored = new StoredDags(stores.dags(), secrets::declare);
        RegisteredDags current = new RegisteredDags(stores.dags(), stored);
        ParserLimits limits =
                settings.file().definitions().map(DefinitionsSection::limits).orElse(ParserLimits.DEFAULT);
        DagRegistry registry = new DagRegistry(
                settings.dagFolders(),
                new DagRegistry.Parsing(
                        limits,
                        dag -> current.find(dag)
                                .map(found -> DagRecursion.runBy(found.graph().definition()))
                                .orElse(Set.of()),
                        earlier(home, limits)),
                home.dagVersions(),
                stores.dags(),
                listener(new ModelFolders(stores.models(), home.data()), secrets, current),
                new PoolChecks(stores.places()::pools),
                clock);
        return new Definitions(stored, current, registry);
    }

    private static EarlierReadings earlier(HomeFolder home, ParserLimits limits) {
        return EarlierReadings.in(
                home.dagReadings(),
                Build.fingerprint()
                        .map(build -> new EarlierReadings.Origin(
                                build, limits, home.data().toString())));
    }

    private static DagListener listener(ModelFolders models, Secrets secrets, RegisteredDags current) {
        return new DagListener() {
            @Override
            public void read(DagGraph graph) {
                models.accept(graph);
            }

            @Override
            public void known(DagVersionId version, DagOutline outline, List<Secret> declared) {
                secrets.declare(declared);
                current.keepOutline(version, outline);
            }
        };
    }

    /** Takes in what changed in the files, and gives the DAGs that did. */
    List<DagId> scan() {
        return registry.scan();
    }

    @Override
    public void close() {
        registry.close();
    }
}
