package io.tidegate.executor.process;

import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the folders of the attempts say of their jobs. Keeps nothing, so that a restart changes no answer. */
record Attempts(Path root) {
    /** How a job fares. */
    enum Phase {
        /** The program runs. */
        RUNNING,
        /** The program has ended, but something it left behind still holds its log open. */
        DRAINING,
        /** Nothing of the attempt's own runs any more. */
        ENDED
    }

    /**
     * @param ended how it ended; present in phases DRAINING and ENDED
     */
    record Status(Phase phase, Optional<Observation.Ended> ended) {}

    /** @throws UncheckedIOException when the folder of the attempts cannot be written */
    void make() {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw cannotBeWritten(e);
        }
        if (!Files.isWritable(root)) {
            throw cannotBeWritten(new AccessDeniedException(root.toString()));
        }
    }

    private UncheckedIOException cannotBeWritten(IOException cause) {
        return new UncheckedIOException(
                "the folder of the attempts, " + root
                        + ", cannot be written: give its user the right to, or name another one",
                cause);
    }

    AttemptFolder folder(LaunchKey key) {
        return AttemptFolder.of(root, key);
    }

    /** The job that claimed a launch key; empty when none did. */
    Optional<ExternalJob> job(LaunchKey key) throws IOException {
        return folder(key).claimant().map(identity -> job(key, identity));
    }

    ExternalJob job(LaunchKey key, ProcessIdentity identity) {
        return new ExternalJob(
                key,
                Long.toString(identity.pid()),
                Map.of(
                        "pid",
                        Long.toString(identity.pid()),
                        "startTicks",
                        Long.toString(identity.startTicks()),
                        ExternalJob.BOOT,
                        identity.bootId(),
                        "folder",
                        folder(key).path().toString()));
    }

    /**
     * Whether a closer look is worth it: a cheap question, since it is asked often of everything that runs.
     *
     * @param child whether the launcher tells of the job's end
     */
    boolean mayHaveEnded(LaunchKey key, boolean child) {
        AttemptFolder folder = folder(key);
        if (Files.exists(folder.exit())) {
            return true;
        }
        try {
            return !child && !folder.claimant().map(ProcessIdentity::isAlive).orElse(false);
        } catch (IOException e) {
            return true;
        }
    }

    Status status(LaunchKey key) throws IOException {
        AttemptFolder folder = folder(key);
        Optional<ProcessIdentity> identity = folder.claimant();
        boolean alive = identity.map(ProcessIdentity::isAlive).orElse(false);
        // Read after the look at the process: a process that is gone has written all it will ever write.
        return status(folder, identity, alive);
    }

    private static Status status(AttemptFolder folder, Optional<ProcessIdentity> identity, boolean alive)
            throws IOException {
        OptionalInt exitCode = folder.exitCode();
        if (exitCode.isPresent()) {
            return new Status(
                    alive ? Phase.DRAINING : Phase.ENDED, Optional.of(ExitMessages.ended(exitCode.getAsInt())));
        }
        if (alive) {
            return new Status(Phase.RUNNING, Optional.empty());
        }
        return new Status(Phase.ENDED, Optional.of(Observation.Ended.lost(lostMessage(folder, identity))));
    }

    private static String lostMessage(AttemptFolder folder, Optional<ProcessIdentity> identity) {
        return identity.map(process -> process.isOfThisBoot()
                        ? "process " + process.pid() + " is gone and no exit code was written: it was killed together"
                                + " with what waited for it, or the machine went down"
                        : "process " + process.pid() + " ran on another machine, or before this one was started anew,"
                                + " and no exit code was written: nobody here can see whether it still runs")
                .orElseGet(() -> "the attempt's folder " + folder.path() + " does not tell of any process");
    }
}
