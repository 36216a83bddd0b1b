package io.tidegate.store.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Direction;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.DataViews.Lineage;
import io.tidegate.scheduler.view.DataViews.LineageEdge;
import io.tidegate.scheduler.view.DataViews.LineageNode;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three weeks of a closed loop: what was built on what, across runs, down to raw partitions and up to the champion. */
final class LineageTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final ModelName MODEL = new ModelName("delay");

    private final DataQueries queries = POSTGRES.stores().dataQueries();
    private final Sample sample = new Sample(POSTGRES.stores());
    private DagId dag;
    private Owned first;
    private Owned second;
    private Owned third;

    /** Weeks 1 and 2 give the features, week 2 trains and publishes, week 3 scores with the champion. */
    @BeforeEach
    void threeWeeks() {
        POSTGRES.execute(
                "TRUNCATE dag, node, run, model, partition_use, partition_current, attempt_report, metric CASCADE");
        dag = sample.dag();
        first = week(1);
        second = week(2);
        StepReport trained = new StepReport(
                List.of(Sample.metric("log_loss", 0.5, Optional.of("delay"), Optional.of(ModelRole.CHALLENGER))),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(Sample.model("delay", day(1), day(2))),
                List.of());
        sample.succeed(second, "refit", trained, read("features", DataClass.DETERMINISTIC, 2));
        GateVerdict verdict = new GateVerdict(true, "first", 1, Optional.empty(), List.of());
        sample.commit(second, new Change.PublicationDecided(MODEL, new StepId("publish"), verdict, Sample.MONDAY));
        third = week(3);
        sample.succeed(
                third,
                "evaluate",
                Sample.metrics(Sample.metric("log_loss", 0.51, Optional.of("delay"), Optional.of(ModelRole.CHAMPION))),
                read("features", DataClass.DETERMINISTIC, 3),
                use(Direction.WRITE, "scores", DataClass.ALGORITHMIC, 3));
    }

    private Owned week(int number) {
        Owned owned = sample.own(dag, number, "ingest", "transform", "evaluate", "refit", "publish");
        sample.succeed(owned, "ingest", StepReport.EMPTY, use(Direction.WRITE, "flights", DataClass.RAW, number));
        sample.succeed(
                owned,
                "transform",
                StepReport.EMPTY,
                read("flights", DataClass.RAW, number),
                use(Direction.WRITE, "features", DataClass.DETERMINISTIC, number));
        return owned;
    }

    private io.tidegate.scheduler.lineage.PartitionUse read(String dataset, DataClass dataClass, int week) {
        return use(Direction.READ, dataset, dataClass, week);
    }

    private io.tidegate.scheduler.lineage.PartitionUse use(
            Direction direction, String dataset, DataClass dataClass, int week) {
        return Sample.use(direction, dag, dataset, dataClass, day(week), dataset + "-" + day(week));
    }

    private static String day(int week) {
        return Sample.week(week).partition();
    }

    private String dataset(String name, int week) {
        return "dataset:" + dag + "/" + name + "@" + day(week);
    }

    private static String step(Owned owned, String step) {
        return "step:" + owned.run() + "/" + step + "/1";
    }

    @Test
    void upstreamOfAScoreReachesTheChampionAndTheRawPartitionsItWasTrainedOn() {
        Lineage lineage =
                queries.lineage(dataset("scores", 3), true, false, 100).orElseThrow();

        assertThat(ids(lineage))
                .containsExactlyInAnyOrder(
                        dataset("scores", 3),
                        step(third, "evaluate"),
                        dataset("features", 3),
                        step(third, "transform"),
                        dataset("flights", 3),
                        step(third, "ingest"),
                        "model:delay@1",
                        step(second, "refit"),
                        dataset("features", 2),
                        step(second, "transform"),
                        dataset("flights", 2),
                        step(second, "ingest"),
                        dataset("features", 1),
                        step(first, "transform"),
                        dataset("flights", 1),
                        step(first, "ingest"));
        assertThat(lineage.edges())
                .contains(
                        new LineageEdge("model:delay@1", step(third, "evaluate")),
                        new LineageEdge(step(second, "refit"), "model:delay@1"),
                        new LineageEdge(dataset("features", 1), step(second, "refit")),
                        new LineageEdge(step(third, "evaluate"), dataset("scores", 3)));
        assertThat(lineage.truncated()).isFalse();
        assertThat(lineage.focus()).isEqualTo(dataset("scores", 3));
    }

    @Test
    void downstreamOfARawPartitionReachesWhatTheModelScored() {
        Lineage lineage =
                queries.lineage(dataset("flights", 1), false, true, 100).orElseThrow();
        assertThat(ids(lineage))
                .containsExactlyInAnyOrder(
                        dataset("flights", 1),
                        step(first, "transform"),
                        dataset("features", 1),
                        step(second, "refit"),
                        "model:delay@1",
                        step(third, "evaluate"),
                        dataset("scores", 3));
    }

    @Test
    void nodesSayWhatTheyAre() {
        Lineage lineage = queries.lineage("model:delay", true, true, 100).orElseThrow();
        assertThat(lineage.focus()).isEqualTo("model:delay@1");
        Map<String, LineageNode> nodes =
                lineage.nodes().stream().collect(Collectors.toMap(LineageNode::id, node -> node));
        assertThat(nodes.get("model:delay@1").facts())
                .containsEntry("state", "champion")
                .containsEntry("interval", day(2));
        assertThat(nodes.get("model:delay@1").dataClass()).contains("algorithmic");
        assertThat(nodes.get(dataset("flights", 1)).dataClass()).contains("raw");
        assertThat(nodes.get(dataset("flights", 1)).facts())
                .containsEntry("rows", "10")
                .containsEntry("fingerprint", "sha256:flights-" + day(1));
        assertThat(nodes.get(step(second, "refit")).facts())
                .containsEntry("state", "succeeded")
                .containsEntry("code", "digest")
                .containsEntry("dag", dag.value());
    }

    @Test
    void aReaderIsTiedToTheWriterWhoseContentItSaw() {
        Owned again = sample.own(dag, 2, "ingest", "transform");
        sample.succeed(
                again,
                "transform",
                StepReport.EMPTY,
                Sample.use(Direction.WRITE, dag, "features", DataClass.DETERMINISTIC, day(2), "rewritten"));

        Lineage ofModel = queries.lineage("model:delay@1", true, false, 100).orElseThrow();
        assertThat(ids(ofModel)).contains(step(second, "transform")).doesNotContain(step(again, "transform"));
        Lineage ofNewest =
                queries.lineage(dataset("features", 2), true, true, 100).orElseThrow();
        assertThat(ids(ofNewest)).containsExactlyInAnyOrder(dataset("features", 2), step(again, "transform"));
    }

    @Test
    void theWalkStopsAtTheNumberOfNodesAndSaysSo() {
        Lineage lineage = queries.lineage(dataset("scores", 3), true, true, 5).orElseThrow();
        assertThat(lineage.nodes()).hasSize(5);
        assertThat(lineage.truncated()).isTrue();
        Set<String> known = Set.copyOf(ids(lineage));
        assertThat(lineage.edges()).allMatch(edge -> known.contains(edge.from()) && known.contains(edge.to()));
    }

    @Test
    void shortNamesWorkWhileTheyAreUnambiguous() {
        assertThat(queries.lineage("features@" + day(1), true, false, 100)
                        .orElseThrow()
                        .focus())
                .isEqualTo(dataset("features", 1));
        assertThat(queries.lineage("features", true, false, 100).orElseThrow().focus())
                .as("the newest partition")
                .isEqualTo(dataset("features", 3));
        assertThat(queries.lineage(step(third, "evaluate"), true, true, 100)).isPresent();
        assertThat(queries.lineage("nothing", true, true, 100)).isEmpty();
        assertThat(queries.lineage("model:nothing", true, true, 100)).isEmpty();
        assertThat(queries.lineage("step:" + Sample.runId() + "/a/1", true, true, 100))
                .isEmpty();
        assertThatThrownBy(() -> queries.lineage("model:a:b", true, true, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataset:DAG/DATASET@PARTITION");

        DagId other = sample.dag();
        Owned owned = sample.own(other, 1, "a");
        sample.succeed(
                owned,
                "a",
                StepReport.EMPTY,
                Sample.use(Direction.WRITE, other, "features", DataClass.DETERMINISTIC, day(1), "other"));
        assertThatThrownBy(() -> queries.lineage("features", true, true, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataset:" + dag + "/features")
                .hasMessageContaining("dataset:" + other + "/features");
    }

    @Test
    void datasetsShowTheirPartitions() {
        assertThat(queries.partitions(dag, new io.tidegate.dag.data.DatasetName("features"), 2))
                .extracting(partition -> partition.partition())
                .containsExactly(day(3), day(2));
        assertThat(queries.datasetCounts().get(dag + "/features").partitions()).isEqualTo(3);
        assertThat(queries.datasetCounts().get(dag + "/scores").newestAt()).contains(Sample.MONDAY);
    }

    private static List<String> ids(Lineage lineage) {
        return lineage.nodes().stream().map(LineageNode::id).toList();
    }
}
