package io.tidegate.server.settings;

import io.tidegate.scheduler.truth.TruthKeeper;
import java.time.Duration;
import java.util.Optional;

/**
 * How our books and what clusters say are brought together.
 *
 * @param orphanGrace how long a job of this installation that nobody here knows is left alone before it is ended; ten minutes when left out,
 *     and {@code never} keeps such jobs
 */
public record TruthSection(Optional<String> orphanGrace) {
    private static final String ORPHAN_GRACE = "truth.orphan_grace";
    private static final String NEVER = "never";

    public TruthSection {
        if (!keepsOrphans(orphanGrace)) {
            ConfiguredDuration.read(ORPHAN_GRACE, orphanGrace, "m");
        }
    }

    private static boolean keepsOrphans(Optional<String> grace) {
        return grace.filter(NEVER::equals).isPresent();
    }

    /** How long contradictions stand before something is done about them. */
    public TruthKeeper.Patience patience() {
        TruthKeeper.Patience usual = TruthKeeper.Patience.DEFAULT;
        Optional<Duration> orphan = keepsOrphans(orphanGrace)
                ? Optional.empty()
                : ConfiguredDuration.read(ORPHAN_GRACE, orphanGrace, "m").or(usual::orphan);
        return new TruthKeeper.Patience(usual.confirmed(), usual.outlived(), orphan);
    }
}
