package io.tidegate.server.definitions;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.Model;
import io.tidegate.dag.template.TemplateException;
import io.tidegate.scheduler.store.ModelStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the store where the folder of each declared model is. */
public final class ModelFolders implements Consumer<DagGraph> {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFolders.class);

    private final ModelStore store;
    private final Path home;

    /**
     * @param home what the template name {@code home} stands for
     */
    public ModelFolders(ModelStore store, Path home) {
        this.store = store;
        this.home = home;
    }

    @Override
    public void accept(DagGraph graph) {
        DagDefinition definition = graph.definition();
        for (Model model : definition.resources().models()) {
            try {
                store.declare(model.name(), model.target().render(name -> value(name, definition)));
            } catch (TemplateException notFixed) {
                LOG.warn("model {}: its target must not depend on a run: {}", model.name(), notFixed.getMessage());
            }
        }
    }

    private Optional<String> value(String name, DagDefinition definition) {
        return switch (name) {
            case "home" -> Optional.of(home.toString());
            case "dag.id" -> Optional.of(definition.id().value());
            default -> Optional.empty();
        };
    }
}
