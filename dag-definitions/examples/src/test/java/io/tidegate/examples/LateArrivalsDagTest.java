package io.tidegate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.Work;
import io.tidegate.steps.cleanse.RulesFile;
import io.tidegate.steps.train.ModelTrainer;
import io.tidegate.steps.transform.Transformation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the DAG file says what it means, and names what is there. */
class LateArrivalsDagTest {
    private static final Path FILE = Path.of("late-arrivals", "late-arrivals.dag.yaml");

    private static DagGraph graph() throws IOException {
        // As text: the jar that the file names is made after the tests.
        ParseResult result = DagParser.parse(FILE.toString(), Files.readString(FILE));
        assertThat(result.problems()).isEmpty();
        return result.graph().orElseThrow();
    }

    @Test
    void theFileIsValidAndInOrder() throws IOException {
        assertThat(graph().order())
                .extracting(Object::toString)
                .containsExactly("fetch", "ingest", "cleanse", "features", "evaluate", "refit", "publish");
    }

    @Test
    void whatItNamesIsThere() throws Exception {
        DagGraph graph = graph();
        for (Step step : graph.order().stream().map(graph::step).toList()) {
            if (step.work() instanceof Work.Cleanse cleanse) {
                assertThat(RulesFile.read(FILE.resolveSibling(cleanse.rules().orElseThrow())))
                        .isNotEmpty();
            }
            if (step.work() instanceof Work.Transform transform) {
                assertThat(Class.forName(transform.transformation().orElseThrow()))
                        .isAssignableTo(Transformation.class);
            }
            if (step.work() instanceof Work.Refit refit) {
                assertThat(Class.forName(refit.training().trainer().orElseThrow()))
                        .isAssignableTo(ModelTrainer.class);
            }
        }
        assertThat(List.of("fetch-flights.mjs", "package.json", "package-lock.json"))
                .allMatch(name -> Files.exists(FILE.resolveSibling(name)));
    }
}
