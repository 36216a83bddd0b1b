package io.tidegate.executor.process;

import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Has an attempt started and hears which process claimed it. */
final class ProcessStarter {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_NANOS = 300_000;
    private static final int MOST_LOOKS = 1_000;

    private final Launcher launcher;

    ProcessStarter(Launcher launcher) {
        this.launcher = launcher;
    }

    /** What came of a start. */
    sealed interface Start {
        /** This process runs the attempt: the one started now, or the one of a launch that was quicker. */
        record Claimed(ProcessIdentity identity) implements Start {}

        /** Nothing was started. */
        record Failed(String message) implements Start {}

        /** The launcher was asked and has not said anything. */
        record Silent() implements Start {}
    }

    Start start(LaunchKey key, AttemptFolder folder, Command command) {
        try {
            Launcher.Answer answer =
                    launcher.start(key, folder, command).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer instanceof Launcher.Answer.Claimed claimed) {
                return new Start.Claimed(claimed.identity());
            }
            if (answer instanceof Launcher.Answer.Failed failed) {
                return new Start.Failed(failed.message());
            }
            return answer instanceof Launcher.Answer.Taken ? awaitClaim(folder) : new Start.Silent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Start.Silent();
        } catch (ExecutionException | TimeoutException | IOException e) {
            return new Start.Silent();
        }
    }

    /** Another launch may have made the claim a moment ago and not have written it yet. */
    private static Start awaitClaim(AttemptFolder folder) throws IOException {
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Optional<ProcessIdentity> identity = folder.claimant();
            if (identity.isPresent()) {
                return new Start.Claimed(identity.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return new Start.Failed("the attempt cannot be claimed: " + folder.started()
                + " cannot be written, as on a full disk, or was left empty by a launch that found no room");
    }
}
