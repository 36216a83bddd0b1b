package io.tidegate.server.settings;

import io.tidegate.scheduler.truth.TruthKeeper;
import java.util.Optional;

/**
 * How our books and what clusters say are brought together.
 *
 * @param orphanGrace how long a job that nobody here knows is left alone before it is ended; never ended when left out
 */
public record TruthSection(Optional<String> orphanGrace) {
    private static final String ORPHAN_GRACE = "truth.orphan_grace";

    public TruthSection {
        ConfiguredDuration.read(ORPHAN_GRACE, orphanGrace, "m");
    }

    /** How long contradictions stand before something is done about them. */
    public TruthKeeper.Patience patience() {
        TruthKeeper.Patience usual = TruthKeeper.Patience.DEFAULT;
        return new TruthKeeper.Patience(
                usual.confirmed(), usual.outlived(), ConfiguredDuration.read(ORPHAN_GRACE, orphanGrace, "m"));
    }
}
