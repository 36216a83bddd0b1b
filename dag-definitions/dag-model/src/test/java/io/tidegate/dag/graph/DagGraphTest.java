package io.tidegate.dag.graph;

import static io.tidegate.dag.graph.Definitions.dag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DagGraphTest {
    /** The closed loop of the example: each of the edges has another reason. */
    private static Definitions closedLoop() {
        return dag().dataset("raw", DataClass.RAW)
                .dataset("features", DataClass.DETERMINISTIC)
                .dataset("scores", DataClass.ALGORITHMIC)
                .model("late")
                .step("ingest", new Work.Ingest(Optional.empty()), List.of(), List.of(), List.of("raw"))
                .step(
                        "features",
                        new Work.Transform(Optional.empty()),
                        List.of(),
                        List.of("raw", "raw@-2..-1"),
                        List.of("features"))
                .step("evaluate", Definitions.evaluate("late"), List.of(), List.of("features"), List.of("scores"))
                .step("refit", Definitions.refit("late"), List.of("evaluate"), List.of("features@-7..0"), List.of())
                .step("publish", Definitions.publish("late"), List.of(), List.of(), List.of());
    }

    @Test
    void edgesFollowFromDataModelsAndNeeds() {
        assertThat(closedLoop().graph().edges())
                .containsExactlyInAnyOrder(
                        edge("ingest", "features", Edge.Reason.DATA, "raw"),
                        edge("features", "evaluate", Edge.Reason.DATA, "features"),
                        edge("features", "refit", Edge.Reason.DATA, "features"),
                        edge("evaluate", "refit", Edge.Reason.ORDER, ""),
                        edge("refit", "publish", Edge.Reason.MODEL, "late"));
    }

    @Test
    void upstreamAndDownstreamAreTheTwoEndsOfTheSameEdges() {
        DagGraph graph = closedLoop().graph();

        assertThat(graph.upstream(new StepId("refit")))
                .extracting(edge -> edge.from().value())
                .containsExactly("features", "evaluate");
        assertThat(graph.downstream(new StepId("features")))
                .extracting(edge -> edge.to().value())
                .containsExactly("evaluate", "refit");
        assertThat(graph.upstream(new StepId("ingest"))).isEmpty();
        assertThat(graph.downstream(new StepId("publish"))).isEmpty();
    }

    @Test
    void namesLeadToDeclarations() {
        DagGraph graph = closedLoop().graph();

        assertThat(graph.dataset(new DatasetName("scores")).orElseThrow().dataClass())
                .isEqualTo(DataClass.ALGORITHMIC);
        assertThat(graph.model(new ModelName("late"))).isPresent();
        assertThat(graph.producer(new DatasetName("raw"))).contains(new StepId("ingest"));
        assertThat(graph.hasStep(new StepId("nothing"))).isFalse();
        assertThatThrownBy(() -> graph.step(new StepId("nothing"))).hasMessage("DAG flights has no step nothing");
    }

    @Test
    void onlyEarlierIntervalsGiveNoEdge() {
        DagGraph graph = dag().dataset("counts", DataClass.DETERMINISTIC)
                .step("count", new Work.Task(), List.of(), List.of("counts@-1..-1"), List.of("counts"))
                .step("compare", new Work.Task(), List.of(), List.of("counts@-3..-1"), List.of())
                .graph();

        assertThat(graph.edges()).isEmpty();
    }

    @Test
    void twoReasonsForTheSameOrderAreOneEdge() {
        DagGraph graph = dag().dataset("counts", DataClass.DETERMINISTIC)
                .step("count", new Work.Task(), List.of(), List.of(), List.of("counts"))
                .step("compare", new Work.Task(), List.of("count"), List.of("counts", "counts@-1..0"), List.of())
                .graph();

        assertThat(graph.edges()).containsExactly(edge("count", "compare", Edge.Reason.DATA, "counts"));
    }

    @Test
    void everyTrainerOfAModelComesBeforeItsPublication() {
        DagGraph graph = dag().model("late")
                .step("publish", Definitions.publish("late"), List.of(), List.of(), List.of())
                .step("train", Definitions.train("late"), List.of(), List.of(), List.of())
                .step("refit", Definitions.refit("late"), List.of("train"), List.of(), List.of())
                .graph();

        assertThat(graph.order()).extracting(StepId::value).containsExactly("train", "refit", "publish");
    }

    @Test
    void orderKeepsTheAuthorsWhereItIsFree() {
        DagGraph graph = dag().task("zebra")
                .task("apple", "mango")
                .task("mango")
                .task("banana")
                .graph();

        assertThat(graph.order()).extracting(StepId::value).containsExactly("zebra", "mango", "apple", "banana");
    }

    @Test
    void aChainOfThousandsOfStepsIsOrdered() {
        int length = 10_000;
        Definitions chain = dag().task("step-0");
        IntStream.range(1, length).forEach(number -> chain.task("step-" + number, "step-" + (number - 1)));

        List<StepId> order = chain.graph().order();

        assertThat(order).hasSize(length);
        assertThat(order.get(length - 1)).isEqualTo(new StepId("step-" + (length - 1)));
    }

    @Test
    void skippingIsCarriedAlongDataAndModelsOnly() {
        assertThat(Edge.Reason.DATA.carriesSkip()).isTrue();
        assertThat(Edge.Reason.MODEL.carriesSkip()).isTrue();
        assertThat(Edge.Reason.ORDER.carriesSkip()).isFalse();
    }

    private static Edge edge(String from, String to, Edge.Reason reason, String through) {
        return new Edge(new StepId(from), new StepId(to), reason, through);
    }
}
