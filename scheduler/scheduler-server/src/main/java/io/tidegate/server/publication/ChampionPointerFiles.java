package io.tidegate.server.publication;

import io.tidegate.dag.model.ModelName;
import io.tidegate.scheduler.engine.ChampionPointers;
import io.tidegate.scheduler.store.ModelStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the pointer file of every model equal to the database. Thread-safe: what is written last is what the database said last. */
public final class ChampionPointerFiles implements ChampionPointers {
    private static final Logger LOG = LoggerFactory.getLogger(ChampionPointerFiles.class);

    private final ModelStore models;

    public ChampionPointerFiles(ModelStore models) {
        this.models = models;
    }

    @Override
    public synchronized void refresh(ModelName model) throws IOException {
        Optional<ModelStore.Champion> champion = models.champions().stream()
                .filter(candidate -> candidate.version().model().equals(model))
                .findFirst();
        if (champion.isPresent()) {
            write(champion.get());
        }
    }

    /** Writes every pointer that disagrees: what a crash between commit and file may have left. */
    public synchronized void refreshAll() {
        for (ModelStore.Champion champion : models.champions()) {
            try {
                write(champion);
            } catch (IOException problem) {
                LOG.error(
                        "the champion pointer of model {} in {} cannot be written: {}",
                        champion.version().model(),
                        champion.target(),
                        problem.getMessage());
            }
        }
    }

    private static void write(ModelStore.Champion champion) throws IOException {
        new ChampionPointerFile(Path.of(champion.target())).pointTo(champion.version(), champion.since());
    }
}
