package io.tidegate.scheduler.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.Work;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.report.StepReport.Direction;
import io.tidegate.scheduler.resolve.ResolvedWork.Partition;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.sample.FakeConditions;
import io.tidegate.scheduler.sample.FakeReads;
import io.tidegate.scheduler.sample.PlainJson;
import io.tidegate.scheduler.sample.SampleDags;
import io.tidegate.scheduler.sample.Weeks;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is looked up for a ready step, and what follows from it. */
final class StepResolverTest {
    private static final InputReference CURRENT = new InputReference(new DatasetName("clean"), 0, 0);
    private static final InputReference HISTORY = new InputReference(new DatasetName("clean"), -2, 0);
    private static final DagGraph DATA = new DagBuilder("flights")
            .weekly()
            .dataset("outside", DataClass.RAW)
            .dataset("clean", DataClass.DETERMINISTIC)
            .dataset("features", DataClass.DETERMINISTIC)
            .step(
                    "clean",
                    new Work.Task(),
                    List.of(InputReference.current(new DatasetName("outside"))),
                    List.of("clean"))
            .step("features", new Work.Task(), List.of(HISTORY), List.of("features"))
            .build();

    private final FakeReads reads = new FakeReads();
    private final StepResolver resolver =
            new StepResolver(reads, new Weeks(), new FakeConditions(), new PlainJson(), "/data");

    private static Run run(DagGraph graph, Optional<LocalDate> monday) {
        Optional<DataInterval> interval = monday.map(day -> new DataInterval(
                day.atStartOfDay(SampleDags.ZONE).toInstant(),
                day.plusWeeks(1).atStartOfDay(SampleDags.ZONE).toInstant(),
                SampleDags.ZONE));
        return new Run(
                RunId.of("01970000-0000-7000-8000-0123456789ab"),
                new DagVersionId(graph.definition().id(), "hash"),
                new Trigger(TriggerKind.MANUAL, "k", "ada"),
                interval,
                Map.of(),
                new Run.Progress(RunState.RUNNING, Instant.EPOCH, Optional.empty(), Optional.empty(), ""));
    }

    private static Run week(String monday) {
        return run(DATA, Optional.of(LocalDate.parse(monday)));
    }

    private void written(String partition) {
        reads.written(new PartitionUse(
                Direction.WRITE,
                new DagId("flights"),
                new DatasetName("clean"),
                DataClass.DETERMINISTIC,
                partition,
                "/data/clean/" + partition,
                new PartitionUse.Content(Optional.of("sha256:" + partition), Optional.of(7L), Optional.empty())));
    }

    private static ResolvedWork work(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Resolution.Launch.class);
        return ((Resolution.Launch) resolution).work();
    }

    private static final DagGraph VALUES = new DagBuilder("values")
            .task("count")
            .command("load", "{{ outputs.count.rows }}")
            .task("load")
            .command("true")
            .when("outputs.count.full")
            .task("all", "count")
            .when("full")
            .task("asked")
            .build();

    @Test
    void valuesOfEarlierStepsAreLookedUpForTemplates() {
        Run run = run(VALUES, Optional.empty());
        assertThat(resolver.withoutReads(VALUES, run, new StepId("load"))).isEmpty();
        assertThat(resolver.resolve(VALUES, run, new StepId("load")))
                .isEqualTo(new Resolution.Fail("outputs.count.rows has no value: step count did not report 'rows'"));

        reads.outputs("count", Map.of("rows", "12", "other", "1"));
        assertThat(work(resolver.resolve(VALUES, run, new StepId("load"))).values())
                .isEqualTo(Map.of("outputs.count.rows", "12"));
        assertThat(resolver.workOf(VALUES, run, new StepId("load")).values())
                .as("after a restart")
                .isEqualTo(Map.of("outputs.count.rows", "12"));
    }

    @Test
    void aConditionSkipsTheStepOrFailsItWhenItCannotBeSaid() {
        Run run = run(VALUES, Optional.empty());
        assertThat(resolver.resolve(VALUES, run, new StepId("all")))
                .isEqualTo(new Resolution.Fail("when is outputs.count.full, and it has no value"));

        reads.outputs("count", Map.of("full", "false"));
        assertThat(resolver.resolve(VALUES, run, new StepId("all")))
                .isEqualTo(new Resolution.Skip("when is outputs.count.full, and it is false", Optional.empty()));

        reads.outputs("count", Map.of("full", "true"));
        work(resolver.resolve(VALUES, run, new StepId("all")));
    }

    @Test
    void aConditionOverTheRunAloneNeedsNoLookUp() {
        assertThat(resolver.withoutReads(VALUES, run(VALUES, Optional.empty()), new StepId("asked")))
                .contains(new Resolution.Fail("when is full, and it has no value"));
        assertThat(reads.asked()).isZero();
    }

    @Test
    void aStepThatTouchesNoDataOfItsDagAsksNothing() {
        Optional<Resolution> known = resolver.withoutReads(DATA, week("2001-01-15"), new StepId("clean"));

        ResolvedWork work = work(known.orElseThrow());
        assertThat(work.inputs().get(0).partitions())
                .containsExactly(new Partition("2001-01-15", "/data/outside/2001-01-15", 0, Optional.empty()));
        assertThat(work.outputs().get(0).uri()).isEqualTo("/data/clean/2001-01-15");
        assertThat(reads.asked()).isZero();
    }

    @Test
    void aStepThatReadsDataOfItsDagOrHasAModelMustBeLookedUp() {
        assertThat(resolver.withoutReads(DATA, week("2001-01-15"), new StepId("features")))
                .isEmpty();
        DagGraph models =
                new DagBuilder("models").train("train").publish("publish").build();
        assertThat(resolver.withoutReads(models, run(models, Optional.empty()), new StepId("train")))
                .isEmpty();
        assertThat(resolver.withoutReads(models, run(models, Optional.empty()), new StepId("publish")))
                .isEmpty();
    }

    @Test
    void historyComesOldestFirstWithItsFingerprints() {
        List.of("2001-01-01", "2001-01-08", "2001-01-15").forEach(this::written);

        ResolvedWork work = work(resolver.resolve(DATA, week("2001-01-15"), new StepId("features")));
        assertThat(work.inputs())
                .singleElement()
                .satisfies(input -> assertThat(input.partitions())
                        .containsExactly(
                                new Partition(
                                        "2001-01-01", "/data/clean/2001-01-01", -2, Optional.of("sha256:2001-01-01")),
                                new Partition(
                                        "2001-01-08", "/data/clean/2001-01-08", -1, Optional.of("sha256:2001-01-08")),
                                new Partition(
                                        "2001-01-15", "/data/clean/2001-01-15", 0, Optional.of("sha256:2001-01-15"))));
    }

    @Test
    void intervalsBeforeTheScheduleBeginsAreNotAskedFor() {
        List.of("2001-01-01", "2001-01-08").forEach(this::written);

        ResolvedWork work = work(resolver.resolve(DATA, week("2001-01-08"), new StepId("features")));
        assertThat(work.inputs().get(0).partitions())
                .extracting(Partition::name)
                .containsExactly("2001-01-01", "2001-01-08");
    }

    @Test
    void aMissingIntervalFailsTheStepAndIsNamed() {
        written("2001-01-15");

        Resolution resolution = resolver.resolve(DATA, week("2001-01-15"), new StepId("features"));
        assertThat(resolution).isInstanceOf(Resolution.Fail.class);
        assertThat(((Resolution.Fail) resolution).reason())
                .startsWith("clean@2001-01-01, clean@2001-01-08 should be there and was never written");
    }

    @Test
    void referencesToTheSameDatasetBecomeOneInput() {
        List.of("2001-01-01", "2001-01-08").forEach(this::written);
        DagGraph graph = new DagBuilder("flights")
                .weekly()
                .dataset("clean", DataClass.DETERMINISTIC)
                .step("clean", new Work.Task(), List.of(), List.of("clean"))
                .step(
                        "read",
                        new Work.Task(),
                        List.of(CURRENT, new InputReference(new DatasetName("clean"), -1, -1)),
                        List.of())
                .build();

        ResolvedWork work = work(resolver.resolve(graph, week("2001-01-08"), new StepId("read")));
        assertThat(work.inputs())
                .singleElement()
                .satisfies(input -> assertThat(input.partitions())
                        .extracting(Partition::offset)
                        .containsExactly(-1, 0));
    }

    @Test
    void aRunWithoutAnIntervalCannotUseAPartitionedDataset() {
        Resolution resolution = resolver.withoutReads(DATA, run(DATA, Optional.empty()), new StepId("clean"))
                .orElseThrow();

        assertThat(((Resolution.Fail) resolution).reason())
                .contains("dataset outside")
                .contains("for no interval");
    }

    @Test
    void aNameInAUriThatHasNoValueFailsTheStep() {
        DagGraph graph = new DagBuilder("dag")
                .dataset("out", DataClass.DETERMINISTIC, "/x/{{ params.region }}")
                .step("make", new Work.Task(), List.of(), List.of("out"))
                .build();

        Resolution resolution = resolver.withoutReads(graph, run(graph, Optional.empty()), new StepId("make"))
                .orElseThrow();
        assertThat(((Resolution.Fail) resolution).reason()).contains("params.region");
    }

    @Test
    void withoutAChampionThereIsNothingToEvaluateAndARefitOpens() {
        DagGraph graph =
                new DagBuilder("models").evaluate("evaluate").refit("refit").build();
        Run run = run(graph, Optional.empty());

        assertThat(resolver.resolve(graph, run, new StepId("evaluate")))
                .isEqualTo(new Resolution.Skip("late-arrival has no champion yet", Optional.empty()));
        assertThat(work(resolver.resolve(graph, run, new StepId("refit")))
                        .reading()
                        .orElseThrow()
                        .open())
                .isTrue();
    }

    @Test
    void aRefitThatStaysShutIsSkippedWithItsReading() {
        DagGraph graph = new DagBuilder("models").refit("refit").build();
        Run run = run(graph, Optional.empty());
        reads.champion(version(1, run));

        Resolution resolution = resolver.resolve(graph, run, new StepId("refit"));
        assertThat(resolution).isInstanceOfSatisfying(Resolution.Skip.class, skip -> {
            assertThat(skip.reading()).isPresent();
            assertThat(skip.reason()).isEqualTo(skip.reading().get().explanation());
        });
    }

    @Test
    void aChampionIsHandedToWhoEvaluatesIt() {
        DagGraph graph = new DagBuilder("models").evaluate("evaluate").build();
        Run run = run(graph, Optional.empty());
        reads.champion(version(3, run));

        ResolvedWork work = work(resolver.resolve(graph, run, new StepId("evaluate")));
        assertThat(work.champion()).contains(version(3, run));
        assertThat(AttemptUses.models(work))
                .singleElement()
                .satisfies(use -> assertThat(use.version()).isEqualTo(3));
    }

    @Test
    void aPublicationIsJudgedOrSkippedWhenNothingIsToBeJudged() {
        DagGraph graph =
                new DagBuilder("models").train("train").publish("publish").build();
        Run run = run(graph, Optional.empty());
        assertThat(resolver.resolve(graph, run, new StepId("publish"))).isInstanceOf(Resolution.Skip.class);

        reads.champion(version(1, run)).challenger(version(2, run));
        assertThat(resolver.resolve(graph, run, new StepId("publish")))
                .isInstanceOfSatisfying(Resolution.Publish.class, publish -> {
                    assertThat(publish.verdict().accepted()).isTrue();
                    assertThat(publish.verdict().challengerVersion()).isEqualTo(2);
                    assertThat(publish.verdict().championVersion()).contains(1);
                });
    }

    @Test
    void anOutageIsNoReasonToFailTheStep() {
        reads.failing(Optional.of(FakeReads.outage()));

        assertThatThrownBy(() -> resolver.resolve(DATA, week("2001-01-15"), new StepId("features")))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private static ModelVersion version(int number, Run run) {
        return new ModelVersion(
                DagBuilder.MODEL, number, ModelState.CANDIDATE, "/b", "", run.id(), new StepId("train"));
    }
}
