package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * DAGs of ten thousand steps are read and checked within a second once the machine is warm. The time of the processor is measured, which other
 * programs change little, and the best of some rounds counts: it is what the work takes when nobody is in the way.
 */
final class LargeShapesTest {
    private static final int STEPS = 10_000;
    private static final int LAYER = 100;
    private static final int MOST_ROUNDS = 12;
    private static final long MOST_MILLISECONDS = 1_000;
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
        List<Long> milliseconds = new ArrayList<>();
        DagGraph graph = null;
        long best = Long.MAX_VALUE;
        while (best >= MOST_MILLISECONDS && milliseconds.size() < MOST_ROUNDS) {
            long started = CLOCK.getCurrentThreadCpuTime();
            graph = DagParser.parse("large.dag.yaml", source).graph().orElseThrow();
            milliseconds.add(TimeUnit.NANOSECONDS.toMillis(CLOCK.getCurrentThreadCpuTime() - started));
            best = Math.min(best, milliseconds.get(milliseconds.size() - 1));
        }
        System.out.printf(
                "%s: %,d steps, %,d edges, %,d characters: %s ms%n",
                shape, STEPS, graph.edges().size(), source.length(), milliseconds);

        assertThat(graph.order()).hasSize(STEPS);
        assertThat(graph.edges()).hasSize(shape.edges());
        assertThat(best).isLessThan(MOST_MILLISECONDS);
    }
}
