package io.tidegate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server without other DAGs serves the examples: none of them may begin to run, and fail, on its own. */
final class ExampleSchedulesTest {
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(".dag.yaml"))
                    .filter(file -> !file.startsWith("target") && !file.startsWith("src"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theExamplesAreFound() throws IOException {
        assertThat(examples()).contains(Path.of("late-arrivals/late-arrivals.dag.yaml"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aScheduleHasAnEnd(Path file) {
        Optional<Schedule> schedule =
                DagParser.parse(file).graph().orElseThrow().definition().schedule();

        assertThat(schedule.filter(each -> each.calendar().end().isEmpty()))
                .as("a schedule of " + file + " that goes on for ever")
                .isEmpty();
    }
}
