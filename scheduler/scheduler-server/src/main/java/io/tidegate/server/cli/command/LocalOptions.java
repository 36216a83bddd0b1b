package io.tidegate.server.cli.command;

import io.tidegate.dag.parser.ParserLimits;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run without a server understands. */
final class LocalOptions {
    @Option(
            names = "--local",
            description =
                    "Run without a server, in a temporary home: the samples of the test file beside the DAG's file, or"
                            + " the DAG once.")
    private boolean local;

    @Option(
            names = "--sample",
            paramLabel = "TEXT",
            description = "With --local: only samples whose name contains the text.")
    private Optional<String> sample = Optional.empty();

    @Option(
            names = "--keep",
            description = "With --local: keep the temporary home; after a failure it is kept in any case.")
    private boolean keep;

    @Mixin
    private LimitsOption limits;

    boolean local() {
        return local;
    }

    Optional<String> sample() {
        return sample;
    }

    boolean keep() {
        return keep;
    }

    /** What the DAG's file may ask for. */
    ParserLimits limits() {
        return limits.limits();
    }

    /** Whether something was said that only a run without a server understands. */
    boolean areGiven() {
        return sample.isPresent() || keep || limits.isGiven();
    }
}
