package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;

/**
 * DAGs of ten thousand steps are read and checked in little more time than their text takes to be read at all: about a second for a million edges, once the
 * machine is warm, but machines differ, so both are measured. It is the time of the processor, which other programs change little, and the best of some
 * rounds counts.
 */
final class LargeShapesTest {
    private static final int STEPS = 10_000;
    private static final int LAYER = 100;
    private static final int ROUNDS = 3;
    private static final double MOST_TIMES_THE_READING = 12;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    /** How steps wait for each other. */
    enum Shape {
        /** Each for the one before. */
        CHAIN,
        /** All for the first. */
        STAR,
        /** A hundred layers of a hundred, each step for the whole layer before. */
        LAYERS;

        List<Integer> needs(int step) {
            return switch (this) {
                case CHAIN -> step == 0 ? List.of() : List.of(step - 1);
                case STAR -> step == 0 ? List.of() : List.of(0);
                case LAYERS ->
                    step < LAYER
                            ? List.of()
                            : IntStream.range(0, LAYER)
                                    .mapToObj(number -> step / LAYER * LAYER - LAYER + number)
                                    .toList();
            };
        }

        int edges() {
            return this == LAYERS ? (STEPS - LAYER) * LAYER : STEPS - 1;
        }

        String source() {
            StringBuilder text = new StringBuilder("dag: large\nsteps:\n");
            for (int step = 0; step < STEPS; step++) {
                List<String> names =
                        needs(step).stream().map(number -> "s" + number).toList();
                text.append("  s%d: { kind: task, command: [run, --step, \"%d\"], needs: [%s] }%n"
                        .formatted(step, step, String.join(", ", names)));
            }
            return text.toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandStepsAreCheckedQuickly(Shape shape) {
        String source = shape.source();
        DagGraph graph = DagParser.parse("large.dag.yaml", source).graph().orElseThrow();
        double reading = Double.MAX_VALUE;
        double checking = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            reading = Math.min(reading, milliseconds(() -> read(source)));
            checking = Math.min(checking, milliseconds(() -> DagParser.parse("large.dag.yaml", source)));
        }
        System.out.printf(
                "%s: %,d steps, %,d edges, %,d characters: %.0f ms, of which reading %.0f ms%n",
                shape, STEPS, graph.edges().size(), source.length(), checking, reading);

        assertThat(graph.order()).hasSize(STEPS);
        assertThat(graph.edges()).hasSize(shape.edges());
        assertThat(checking).isLessThan(MOST_TIMES_THE_READING * reading);
    }

    private static double milliseconds(Runnable work) {
        long started = CLOCK.getCurrentThreadCpuTime();
        work.run();
        return (CLOCK.getCurrentThreadCpuTime() - started) / 1e6;
    }

    /** All that a reader of YAML must do: it takes the text apart, and makes nothing of it. */
    private static void read(String source) {
        new Parse(LoadSettings.builder().setCodePointLimit(source.length()).build())
                .parseString(source)
                .forEach(event -> {});
    }
}
