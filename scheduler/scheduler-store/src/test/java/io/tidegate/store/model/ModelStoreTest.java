package io.tidegate.store.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.model.ModelRole;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.lineage.ModelUse;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.model.ModelVersion;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Direction;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.store.ModelStore;
import io.tidegate.scheduler.store.ResolutionReads;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Models from their registration to the champion's end, and what steps look up of them. */
final class ModelStoreTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Instant LATER = Sample.MONDAY.plusSeconds(600);

    private final ModelStore models = POSTGRES.stores().models();
    private final ResolutionReads reads = POSTGRES.stores().resolutionReads();
    private final Sample sample = new Sample(POSTGRES.stores());

    @Test
    void aModelGoesFromCandidateToChampionToRetiredAndBack() {
        ModelName model = new ModelName("delays");
        Owned owned = sample.own(sample.dag(), 1, "train", "publish");
        train(owned, model, 1);
        ModelVersion first = reads.challenger(model, owned.run()).orElseThrow();
        assertThat(first.version()).isEqualTo(1);
        assertThat(first.state()).isEqualTo(ModelState.CANDIDATE);
        assertThat(first.fingerprint()).isEqualTo("sha256:bundle");
        assertThat(reads.champion(model)).isEmpty();

        publish(owned, model, 1, Optional.empty());
        assertThat(reads.champion(model)).map(ModelVersion::version).contains(1);
        assertThat(reads.challenger(model, owned.run())).as("it was judged").isEmpty();
        train(owned, model, 2);
        publish(owned, model, 2, Optional.of(1));
        assertThat(reads.champion(model)).map(ModelVersion::version).contains(2);

        takeBackTheFirst(model);
        historyTellsAllThreeChanges(model);
    }

    private void takeBackTheFirst(ModelName model) {
        assertThat(models.champions()).as("no DAG says where it lies").isEmpty();
        models.declare(model, "/models/delays");
        assertThat(models.takeBack(model, 1, "ada", "version 2 is odd", LATER)).hasValueSatisfying(champion -> {
            assertThat(champion.version().version()).isEqualTo(1);
            assertThat(champion.version().state()).isEqualTo(ModelState.CHAMPION);
            assertThat(champion.target()).isEqualTo("/models/delays");
            assertThat(champion.since()).isEqualTo(LATER);
        });
        assertThat(models.champions()).hasSize(1);
        assertThat(models.takeBack(model, 1, "ada", "again", LATER.plusSeconds(1))
                        .orElseThrow()
                        .since())
                .isEqualTo(LATER);
    }

    private static void historyTellsAllThreeChanges(ModelName model) {
        DataViews.ModelDetail detail =
                POSTGRES.stores().dataQueries().model(model).orElseThrow();
        assertThat(detail.summary().champion()).contains(1);
        assertThat(detail.summary().versions()).isEqualTo(2);
        assertThat(detail.versions())
                .extracting(DataViews.ModelVersionView::state)
                .containsExactly(ModelState.RETIRED, ModelState.CHAMPION);
        assertThat(detail.history())
                .extracting(
                        DataViews.ChampionChange::from, DataViews.ChampionChange::to, DataViews.ChampionChange::actor)
                .containsExactly(
                        change(Optional.of(2), 1, "ada"),
                        change(Optional.of(1), 2, "gate"),
                        change(Optional.empty(), 1, "gate"));
        assertThat(POSTGRES.stores().dataQueries().models())
                .extracting(DataViews.ModelSummary::model)
                .contains("delays");
    }

    private static org.assertj.core.groups.Tuple change(Optional<Integer> from, int to, String actor) {
        return org.assertj.core.groups.Tuple.tuple(from, to, actor);
    }

    @Test
    void onlyAFormerChampionCanBeTakenBack() {
        ModelName model = new ModelName("never");
        Owned owned = sample.own(sample.dag(), 1, "train", "publish");
        train(owned, model, 1);
        assertThat(models.takeBack(model, 1, "ada", "", LATER))
                .as("a candidate")
                .isEmpty();
        assertThat(models.takeBack(model, 9, "ada", "", LATER)).isEmpty();
        assertThat(models.takeBack(new ModelName("unknown"), 1, "ada", "", LATER))
                .isEmpty();
    }

    @Test
    void aVersionKnowsExactlyWhatItWasTrainedOn() {
        ModelName model = new ModelName("exact");
        DagId dag = sample.dag();
        Owned owned = sample.own(dag, 1, "train");
        StepReport report = new StepReport(
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(Sample.model("exact", "2001-01-01", "2001-01-08")),
                List.of());
        sample.succeed(
                owned,
                "train",
                report,
                Sample.use(
                        Direction.READ, dag, "features", DataClass.DETERMINISTIC, "2001-01-08", "features-2001-01-08"));

        DataViews.ModelVersionView version = POSTGRES.stores()
                .dataQueries()
                .model(model)
                .orElseThrow()
                .versions()
                .get(0);
        assertThat(version.trainedOn())
                .extracting(
                        DataViews.Partition::dataset, DataViews.Partition::partition, DataViews.Partition::dataClass)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("features", "2001-01-01", "deterministic"),
                        org.assertj.core.groups.Tuple.tuple("features", "2001-01-08", "deterministic"));
        assertThat(version.metrics()).isEqualTo(Map.of("auc", 0.65));
        assertThat(version.parameters()).isEqualTo(Map.of("trees", "20"));
        assertThat(POSTGRES.stores().runQueries().uses(owned.run(), new StepId("train")))
                .extracting(RunViews.UseView::partition)
                .containsExactly("2001-01-01", "2001-01-08");
    }

    @Test
    void theLastTrainingIsThatOfTheNewestIntervalBefore() {
        ModelName model = new ModelName("trained");
        DagId dag = sample.dag();
        train(sample.own(dag, 1, "train"), model, 1);
        train(sample.own(dag, 4, "train"), model, 1);
        assertThat(reads.lastTraining(model, Sample.week(1).start())).isEmpty();
        assertThat(reads.lastTraining(model, Sample.week(2).start()))
                .contains(Sample.week(1).start());
        assertThat(reads.lastTraining(model, Sample.week(5).start()))
                .contains(Sample.week(4).start());
    }

    @Test
    void theHistoryOfAChampionHasOnePointAnIntervalAndNoComparisons() {
        ModelName model = new ModelName("history");
        DagId dag = sample.dag();
        Owned trained = sample.own(dag, 0, "train", "publish");
        train(trained, model, 1);
        publish(trained, model, 1, Optional.empty());
        for (int week = 1; week <= 4; week++) {
            Owned run = sample.own(dag, week, "evaluate", "refit");
            evaluate(run, 1, 0.5 + week / 100.0);
            sample.succeed(
                    run,
                    "refit",
                    Sample.metrics(
                            scored("history", ModelRole.CHAMPION, 0.9), scored("history", ModelRole.CHALLENGER, 0.8)));
        }
        Owned again = sample.own(dag, 2, "evaluate");
        evaluate(again, 1, 0.7);

        assertThat(reads.history(model, "log_loss", Sample.week(3).start(), 2))
                .extracting(ResolutionReads.MetricPoint::partition, ResolutionReads.MetricPoint::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Sample.week(2).partition(), 0.7),
                        org.assertj.core.groups.Tuple.tuple(Sample.week(3).partition(), 0.53));
        assertThat(reads.history(model, "log_loss", Sample.week(9).start(), 100))
                .hasSize(4);
        assertThat(reads.history(model, "auc", Sample.week(9).start(), 100)).isEmpty();
        RunQueries.MetricFilter ofRun = new RunQueries.MetricFilter(
                Optional.empty(),
                Optional.of(again.run().toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        assertThat(POSTGRES.stores()
                        .runQueries()
                        .metrics(ofRun, Optional.empty(), 10)
                        .items())
                .singleElement()
                .satisfies(metric -> assertThat(metric.modelVersion()).contains(1));
    }

    @Test
    void metricsOfAStepAreThoseOfItsNewestSuccess() {
        Owned owned = sample.own(sample.dag(), 1, "evaluate");
        evaluate(owned, 1, 0.1);
        sample.commit(
                owned,
                Sample.attemptWritten(owned, "evaluate", 2, AttemptState.FAILED),
                new Change.ReportTaken(
                        new StepId("evaluate"),
                        2,
                        Sample.metrics(scored("m", ModelRole.CHAMPION, 0.2)),
                        List.of(),
                        "digest",
                        Sample.MONDAY));
        assertThat(reads.metrics(owned.run(), new StepId("evaluate")))
                .containsExactly(scored("history", ModelRole.CHAMPION, 0.1));
        assertThat(reads.metrics(owned.run(), new StepId("other"))).isEmpty();
    }

    @Test
    void whatTheAttemptWasGivenDecidesTheVersionOfAMetric() {
        ModelName model = new ModelName("given");
        DagId dag = sample.dag();
        Owned owned = sample.own(dag, 1, "train", "publish", "evaluate");
        train(owned, model, 1);
        publish(owned, model, 1, Optional.empty());
        train(owned, model, 2);
        publish(owned, model, 2, Optional.of(1));
        sample.commit(
                owned,
                Sample.attemptWritten(owned, "evaluate", 1, AttemptState.SUCCEEDED),
                new Change.ReportTaken(
                        new StepId("evaluate"),
                        1,
                        Sample.metrics(scored("given", ModelRole.CHAMPION, 0.5)),
                        List.of(),
                        List.of(new ModelUse(model, 1, ModelRole.CHAMPION)),
                        "digest",
                        Sample.MONDAY));
        RunQueries.MetricFilter ofModel = new RunQueries.MetricFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("given"), Optional.empty(), true);
        assertThat(POSTGRES.stores()
                        .runQueries()
                        .metrics(ofModel, Optional.empty(), 10)
                        .items())
                .singleElement()
                .satisfies(metric -> {
                    assertThat(metric.modelVersion()).contains(1);
                    assertThat(metric.role()).contains("champion");
                });
    }

    @Test
    void theNewestContentOfAPartitionIsWhatASuccessfulAttemptWroteLast() {
        DagId dag = sample.dag();
        Owned owned = sample.own(dag, 1, "cleanse");
        PartitionUse first = Sample.use(Direction.WRITE, dag, "clean", DataClass.DETERMINISTIC, "2001-01-08", "first");
        PartitionUse broken =
                Sample.use(Direction.WRITE, dag, "clean", DataClass.DETERMINISTIC, "2001-01-08", "broken");
        PartitionUse second =
                Sample.use(Direction.WRITE, dag, "clean", DataClass.DETERMINISTIC, "2001-01-08", "second");
        written(owned, 1, AttemptState.SUCCEEDED, first);
        written(owned, 2, AttemptState.FAILED, broken);
        DatasetName clean = new DatasetName("clean");
        assertThat(reads.partitions(dag, clean, List.of("2001-01-08", "2001-01-15")))
                .containsExactly(first);
        written(owned, 3, AttemptState.SUCCEEDED, second);
        assertThat(reads.partitions(dag, clean, List.of("2001-01-08"))).containsExactly(second);
        assertThat(reads.partitions(dag, clean, List.of())).isEmpty();
    }

    private void written(Owned owned, int attempt, AttemptState state, PartitionUse use) {
        sample.commit(
                owned,
                Sample.attemptWritten(owned, "cleanse", attempt, state),
                new Change.ReportTaken(
                        new StepId("cleanse"), attempt, StepReport.EMPTY, List.of(use), "digest", Sample.MONDAY));
    }

    private void evaluate(Owned owned, int attempt, double value) {
        sample.commit(
                owned,
                Sample.attemptWritten(owned, "evaluate", attempt, AttemptState.SUCCEEDED),
                new Change.ReportTaken(
                        new StepId("evaluate"),
                        attempt,
                        Sample.metrics(scored("history", ModelRole.CHAMPION, value)),
                        List.of(),
                        "digest",
                        Sample.MONDAY));
    }

    private static StepReport.Metric scored(String model, ModelRole role, double value) {
        return Sample.metric("log_loss", value, Optional.of(model), Optional.of(role));
    }

    private void train(Owned owned, ModelName model, int attempt) {
        StepReport report = new StepReport(
                List.of(), Map.of(), Map.of(), List.of(), List.of(Sample.model(model.value())), List.of());
        sample.commit(
                owned,
                Sample.attemptWritten(owned, "train", attempt, AttemptState.SUCCEEDED),
                new Change.ReportTaken(new StepId("train"), attempt, report, List.of(), "digest", Sample.MONDAY));
    }

    private void publish(Owned owned, ModelName model, int challenger, Optional<Integer> champion) {
        GateVerdict verdict = new GateVerdict(true, "better", challenger, champion, List.of());
        sample.commit(owned, new Change.PublicationDecided(model, new StepId("publish"), verdict, Sample.MONDAY));
    }
}
