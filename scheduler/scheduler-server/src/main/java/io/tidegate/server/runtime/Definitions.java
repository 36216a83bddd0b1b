package io.tidegate.server.runtime;

import io.tidegate.dag.DagId;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.server.definitions.DagRegistry;
import io.tidegate.server.definitions.ModelFolders;
import io.tidegate.server.definitions.PoolChecks;
import io.tidegate.server.definitions.RegisteredDags;
import io.tidegate.server.definitions.StoredDags;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.settings.DefinitionsSection;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.store.PostgresStores;
import java.time.InstantSource;
import java.util.List;

/**
 * What is known of DAGs.
 *
 * @param stored graphs of all versions
 * @param current the DAGs that may be run
 * @param registry keeps them equal to the files
 */
record Definitions(StoredDags stored, RegisteredDags current, DagRegistry registry) {

    static Definitions of(PostgresStores stores, ServerSettings settings, HomeFolder home, InstantSource clock) {
        StoredDags stored = new StoredDags(stores.dags());
        DagRegistry registry = new DagRegistry(
                settings.dagFolders(),
                settings.file()
                        .definitions()
                        .map(DefinitionsSection::limits)
                        .orElse(ParserLimits.DEFAULT),
                home.dagVersions(),
                stores.dags(),
                new ModelFolders(stores.models(), home.data()),
                new PoolChecks(stores.places()::pools),
                clock);
        return new Definitions(stored, new RegisteredDags(stores.dags(), stored), registry);
    }

    /** Takes in what changed in the files, and gives the DAGs that did. */
    List<DagId> scan() {
        return registry.scan();
    }
}
