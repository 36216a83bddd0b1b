package io.tidegate.server.runtime;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.engine.RunListener;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Run;
import io.tidegate.server.archive.Archivist;
import io.tidegate.server.archive.AttemptArchive;
import io.tidegate.server.content.StoredOutputs;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.settings.ArchiveSection;
import io.tidegate.server.settings.AttemptsSection;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.HadoopSection;
import io.tidegate.storage.Storages;
import io.tidegate.storage.hadoop.HadoopSettings;
import io.tidegate.storage.hadoop.HadoopStorages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What has to do with files that are not this server's own.
 *
 * @param storages file systems, and who the server is to them
 * @param archivist keeps what attempts wrote
 * @param outputs looks at what steps wrote
 */
record Storing(Storages storages, Archivist archivist, StoredOutputs outputs) implements RunListener, AutoCloseable {
    private static final Duration TIDY_EVERY = Duration.ofHours(1);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(30);

    static Storages storages(ConfigurationFile file, InstantSource clock) {
        return new HadoopStorages(file.hadoop().map(HadoopSection::settings).orElse(HadoopSettings.NONE), clock);
    }

    static Storing of(
            Storages storages,
            ConfigurationFile file,
            HomeFolder home,
            Archivist.Attempts attempts,
            InstantSource clock) {
        Optional<AttemptArchive> archive =
                file.archive().map(section -> new AttemptArchive(storages, section.location()));
        Archivist.Keeping keeping = new Archivist.Keeping(
                file.attempts().flatMap(AttemptsSection::keptFor),
                file.archive().flatMap(ArchiveSection::keptFor));
        return new Storing(
                storages,
                new Archivist(attempts, home.attempts(), archive, keeping, clock),
                new StoredOutputs(storages));
    }

    void start(Loops loops, ConfigurationFile file) {
        loops.every("archive", TIDY_EVERY, archivist::round);
        if (file.hadoop().flatMap(HadoopSection::principal).isPresent()) {
            loops.every("login", RENEW_EVERY, this::renew);
        }
    }

    private void renew() {
        try {
            storages.renew();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** What has ended is archived. */
    @Override
    public void committed(Run run, List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.AttemptWritten written
                    && written.attempt().state().isTerminal()) {
                Attempt attempt = written.attempt();
                archivist.ended(attempt.executor(), attempt.key());
            }
        }
    }

    @Override
    public void close() {
        archivist.close();
        outputs.close();
        storages.close();
    }
}
