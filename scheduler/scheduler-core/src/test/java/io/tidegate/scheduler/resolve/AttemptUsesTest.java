package io.tidegate.scheduler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Work;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.DatasetUse;
import io.tidegate.scheduler.report.StepReport.Direction;
import io.tidegate.scheduler.sample.DagBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttemptUsesTest {
    private static final DagGraph GRAPH = new DagBuilder("dag")
            .dataset("in", DataClass.RAW)
            .dataset("out", DataClass.DETERMINISTIC)
            .dataset("side", DataClass.DETERMINISTIC)
            .step("make", new Work.Task(), List.of(), List.of("out"))
            .build();
    private static final ResolvedWork WORK = new ResolvedWork(
            List.of(new ResolvedWork.Input(
                    dataset("in"), List.of(new ResolvedWork.Partition("2001-01-01", "/in", 0, Optional.of("known"))))),
            List.of(new ResolvedWork.Output(dataset("out"), "2001-01-01", "/out")),
            Optional.empty(),
            Optional.empty());

    private static Dataset dataset(String name) {
        return GRAPH.definition().resources().datasets().stream()
                .filter(dataset -> dataset.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<PartitionUse> uses(DatasetUse... reported) {
        return AttemptUses.partitions(
                GRAPH, WORK, new StepReport(List.of(), Map.of(), Map.of(), List.of(reported), List.of(), List.of()));
    }

    private static DatasetUse reported(Direction direction, String dataset, String fingerprint) {
        return new DatasetUse(
                direction, dataset, "2001-01-01", "", Optional.of(fingerprint), Optional.of(3L), Optional.empty());
    }

    @Test
    void whatWasDeclaredCountsEvenIfNothingIsReported() {
        assertThat(uses()).extracting(PartitionUse::direction).containsExactly(Direction.READ, Direction.WRITE);
        assertThat(uses().get(0).content().fingerprint()).contains("known");
        assertThat(uses().get(1).content()).isEqualTo(PartitionUse.Content.UNKNOWN);
    }

    @Test
    void whatIsReportedOfTheContentWins() {
        List<PartitionUse> uses =
                uses(reported(Direction.READ, "in", "seen"), reported(Direction.WRITE, "out", "made"));

        assertThat(uses).hasSize(2);
        assertThat(uses.get(0).content().fingerprint()).contains("seen");
        assertThat(uses.get(1).content().fingerprint()).contains("made");
        assertThat(uses.get(1).content().rows()).contains(3L);
        assertThat(uses.get(1).uri()).isEqualTo("/out");
        assertThat(uses.get(1).dataClass()).isEqualTo(DataClass.DETERMINISTIC);
    }

    @Test
    void whatWasNotDeclaredIsTakenInWhenTheDagKnowsTheDataset() {
        assertThat(uses(reported(Direction.READ, "side", "x"), reported(Direction.READ, "Unheard of", "x")))
                .extracting(use -> use.dataset().value())
                .containsExactly("in", "out", "side");
    }

    @Test
    void whatNothingWasSaidOfIsLookedAtAndWhatWasSaidStays() {
        PartitionUse.Content seen = new PartitionUse.Content(Optional.of("seen"), Optional.empty(), Optional.of(9L));
        List<PartitionUse> uses = uses();
        assertThat(AttemptUses.untold(uses)).containsExactly("/out");
        assertThat(AttemptUses.told(uses, Map.of("/out", seen, "/in", seen)))
                .extracting(PartitionUse::content)
                .containsExactly(uses.get(0).content(), seen);
        assertThat(AttemptUses.told(uses, Map.of())).isEqualTo(uses);

        List<PartitionUse> reported = uses(reported(Direction.WRITE, "out", "made"));
        assertThat(AttemptUses.untold(reported)).isEmpty();
        assertThat(AttemptUses.told(reported, Map.of("/out", seen))).isEqualTo(reported);
    }
}
