package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.home.FolderTree;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code tidegate run --local} where Spark runs steps, lays out sample rows and compares partitions. */
final class LocalSparkRunIT {
    private static final Path DOUBLED = Path.of("src/test/resources/dag-tests/doubled.dag.yaml");
    private static final Path EXAMPLE =
            TestServer.installation().root().resolve("dag-definitions/examples/late-arrivals/late-arrivals.dag.yaml");

    private static Command run(Path dag, String sample) {
        return Command.run(Tidegate::run, "run", "--local", dag.toString(), "--sample", sample);
    }

    @Test
    void theExampleWritesWhatItsSampleExpects() {
        Command command = run(EXAMPLE, "one week");

        assertThat(command.code()).as(command.out() + command.err()).isZero();
        assertThat(command.out()).contains("✓ one week of few flights");
    }

    @Test
    void rowsAreComparedWithinTheTolerance() {
        Command command = run(DOUBLED, "rows are compared");

        assertThat(command.code()).as(command.out() + command.err()).isZero();
    }

    @Test
    void rowsThatDifferAreShown() {
        Command command = run(DOUBLED, "rows that differ");

        Matcher kept = Pattern.compile("kept in (\\S+):").matcher(command.err());
        assertThat(kept.find()).isTrue();
        FolderTree.delete(Path.of(kept.group(1)));
        assertThat(command.code()).isEqualTo(1);
        assertThat(command.out())
                .contains(
                        "datasets.raw",
                        "- name=b, n=4.501",
                        "+ name=a, n=1.0",
                        "datasets.doubled",
                        "+ nothing is there");
    }
}
