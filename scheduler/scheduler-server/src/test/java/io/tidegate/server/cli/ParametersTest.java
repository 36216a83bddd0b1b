package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parameters on the command line: what a DAG takes, and what is said of values that do not fit. */
final class ParametersTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with();

    private static final Path EXAMPLE = Path.of("../../dag-definitions/examples/language/parameters.dag.yaml");

    @Test
    void everyValueThatDoesNotFitIsToldBeforeARunIsMade() throws IOException {
        SERVER.declare("parameters", Files.readString(EXAMPLE));
        Command refused = Command.on(
                SERVER.home(),
                Tidegate::run,
                "run",
                "parameters",
                "-p=limit=0",
                "-p=share=2",
                "-p=since=2002-01-01",
                "-p=patience=3h",
                "-p=region=eats",
                "-p=airports=ord,L",
                "-p=note=By hand",
                "-p=airport=ord");
        assertThat(refused.code()).isNotZero();
        assertThat(refused.err())
                .contains(
                        "parameters.airport: the DAG has no such parameter, it has note, limit, share, dry, since, patience,"
                                + " region, airports; did you mean airports?",
                        "parameters.note: 'By hand' does not match the pattern [a-z ]+",
                        "parameters.limit: 0 is less than the minimum 1",
                        "parameters.share: 2 is more than the maximum 1",
                        "parameters.since: 2002-01-01 is after the maximum 2001-12-31",
                        "parameters.patience: 3h is longer than the maximum 2h",
                        "parameters.region: 'eats' is none of east, west; did you mean east?",
                        "parameters.airports: item 'L' does not match the pattern [a-z]{3}");

        Command shown = Command.on(SERVER.home(), Tidegate::run, "run", "parameters", "--params");
        assertThat(shown.out().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
                .contains(
                        "patience | duration | 20m | from 1m to 2h",
                        "airports | list | ord,jfk | from 1 to 5 items matching [a-z]{3} | Which airports are counted");
    }
}
