package io.tidegate.server.settings;

import io.tidegate.dag.parser.ParserLimits;
import java.util.Optional;

/**
 * What DAG files may ask for.
 *
 * @param mostSteps most steps of one DAG, 1 to 50000; 20000 when left out
 */
public record DefinitionsSection(Optional<Integer> mostSteps) {
    private static final int MOST = 50_000;

    public DefinitionsSection {
        mostSteps.filter(number -> number < 1 || number > MOST).ifPresent(number -> {
            throw new SettingsException("definitions.most_steps must be between 1 and " + MOST + ", not " + number);
        });
    }

    /** The parser's limits with what is said here. */
    public ParserLimits limits() {
        return mostSteps.map(ParserLimits.DEFAULT::withMostSteps).orElse(ParserLimits.DEFAULT);
    }

    /** Limits for versions that were taken in, whatever the limit was then. */
    public static ParserLimits widest() {
        return ParserLimits.DEFAULT.withMostSteps(MOST);
    }
}
