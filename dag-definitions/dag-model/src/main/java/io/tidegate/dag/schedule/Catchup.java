package io.tidegate.dag.schedule;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What happens with intervals that passed unnoticed.
 *
 * @param mode which of them run
 * @param limit how many run at most, the newest ones; absent means all of them
 * @param spread the least time between the making of two such runs; absent means as soon as they may
 */
public record Catchup(Mode mode, OptionalInt limit, Optional<Duration> spread) {
    /** Which missed intervals run. */
    public enum Mode {
        /** They are left out. */
        NONE,
        /** Only the newest of them runs. */
        LATEST,
        /** All of them run, oldest first. */
        ALL
    }

    public static final Catchup NONE = of(Mode.NONE);
    public static final Catchup LATEST = of(Mode.LATEST);
    public static final Catchup ALL = of(Mode.ALL);

    public Catchup {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(spread, "spread");
        boolean bounded = limit.isPresent() || spread.isPresent();
        if (bounded && mode != Mode.ALL) {
            throw new IllegalArgumentException("only catching up on all intervals has a limit and a spread");
        }
        boolean none = limit.isPresent() && limit.getAsInt() < 1;
        if (none || spread.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("catching up cannot be limited to " + limit + " with " + spread);
        }
    }

    /** The mode alone, without bounds. */
    public static Catchup of(Mode mode) {
        return new Catchup(mode, OptionalInt.empty(), Optional.empty());
    }
}
