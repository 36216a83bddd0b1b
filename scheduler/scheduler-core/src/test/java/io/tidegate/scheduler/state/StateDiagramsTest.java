package io.tidegate.scheduler.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.alert.AlertState;
import io.tidegate.scheduler.model.ModelState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The state diagrams in {@code scheduler/README.md} are drawn from the tables. After a change of a table, run this test with
 * {@code -Dtidegate.diagrams=write}.
 */
final class StateDiagramsTest {
    private static final Path README = Path.of("..", "README.md");

    private record Diagram(String name, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Diagram> diagrams() {
        return Stream.of(
                draw("run", Transitions.RUN, RunState.QUEUED, RunState::isTerminal),
                draw("step", Transitions.STEP, StepState.WAITING, StepState::isTerminal),
                draw("attempt", Transitions.ATTEMPT, AttemptState.LAUNCHING, AttemptState::isTerminal),
                draw(
                        "model version",
                        ModelState.TRANSITIONS,
                        ModelState.CANDIDATE,
                        state -> state == ModelState.REJECTED),
                draw("alert", AlertState.TRANSITIONS, AlertState.OPEN, state -> state == AlertState.RESOLVED));
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void readmeShowsTheTableAsItIs(Diagram diagram) throws IOException {
        String begin = "<!-- states: " + diagram.name() + " -->\n";
        String end = "<!-- end of states: " + diagram.name() + " -->";
        String readme = Files.readString(README);
        assertThat(readme).contains(begin).contains(end);
        int from = readme.indexOf(begin) + begin.length();
        int to = readme.indexOf(end);

        if ("write".equals(System.getProperty("tidegate.diagrams"))) {
            Files.writeString(README, readme.substring(0, from) + diagram.text() + readme.substring(to));
        } else {
            assertThat(readme.substring(from, to))
                    .as("run this test with -Dtidegate.diagrams=write and commit scheduler/README.md")
                    .isEqualTo(diagram.text());
        }
    }

    /** A Mermaid state diagram; events that lead from one state to the same other share an arrow. */
    private static <S extends Enum<S>, E extends Enum<E>> Diagram draw(
            String name, TransitionTable<S, E> table, S first, Predicate<S> isFinal) {
        StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        text.append("    [*] --> ").append(first).append('\n');
        table.transitions()
                .forEach(row -> text.append("    ")
                        .append(row.from())
                        .append(" --> ")
                        .append(row.to())
                        .append(": ")
                        .append(row.event().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .append('\n'));
        text.append(Arrays.stream(first.getDeclaringClass().getEnumConstants())
                .filter(isFinal)
                .map(state -> "    " + state + " --> [*]\n")
                .collect(Collectors.joining()));
        return new Diagram(name, text.append("```\n").toString());
    }
}
