package io.tidegate.steps.train;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.tidegate.steps.bundle.BundleManifest;
import io.tidegate.steps.bundle.BundleManifest.TrainedPartition;
import io.tidegate.steps.bundle.ModelBundle;
import io.tidegate.steps.contract.InputDataset;
import io.tidegate.steps.contract.Metric.Role;
import io.tidegate.steps.contract.ModelReference;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.contract.StepSpecification;
import io.tidegate.steps.contract.TrainedModel;
import io.tidegate.steps.contract.TrainedOn;
import io.tidegate.steps.measure.FeatureProfile;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.Extensions;
import io.tidegate.steps.runtime.StepContext;
import io.tidegate.steps.runtime.TimeColumn;
import io.tidegate.steps.storage.PartitionManifest;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains a model on the partitions it reads, without the held-out end of the run's interval; measures it and the champion on that end;
 * writes the bundle; registers it. Serves the kinds train and refit.
 */
public final class TrainStep implements BuiltInStep {
    @Override
    public void run(StepContext context) {
        StepSpecification specification = context.specification();
        ModelTrainer trainer = Extensions.create(specification.trainer(), ModelTrainer.class);
        InputDataset input = context.onlyInput();
        OffsetDateTime cut = cut(specification);
        Dataset<Row> features = context.read(input);
        TimeColumn time = TimeColumn.of(features, trainer.timeColumn(), "the dataset " + input.dataset());
        Dataset<Row> training = trainer.trainingRows(features.where(time.before(cut)));
        TrainingRows rows = look(training, trainer, cut);
        context.report().progress(0.1, "fitting on " + rows.count() + " rows from before " + cut.toLocalDateTime());
        PipelineModel challenger =
                new Fitting(trainer, specification.parameters()).fit(training, cut, specification.holdout());
        context.report().progress(0.6, "fitted; comparing on what was held out");
        BundleManifest manifest = new BundleManifest(
                specification.model().name(),
                origin(context),
                new BundleManifest.Columns(
                        trainer.label(), trainer.timeColumn(), trainer.features(), trainer.identity()),
                new BundleManifest.Training(
                        cut.toString(),
                        rows.count(),
                        rows.positiveShare(),
                        Fitting.parameters(challenger),
                        partitions(context, input)),
                new TreeMap<>(compare(context, trainer, features, challenger, rows)),
                new TreeMap<>(FeatureProfile.of(training, trainer.features(), rows.count())),
                new TreeMap<>());
        register(context, challenger, manifest);
    }

    private static OffsetDateTime cut(StepSpecification specification) {
        OffsetDateTime end = specification.interval().end();
        OffsetDateTime cut = end.minus(specification.holdout());
        if (!cut.isBefore(end)) {
            throw new StepFailure(
                    "the held-out stretch must be longer than nothing: challenger and champion are compared on it");
        }
        return cut;
    }

    private static Map<String, Double> compare(
            StepContext context,
            ModelTrainer trainer,
            Dataset<Row> features,
            PipelineModel challenger,
            TrainingRows rows) {
        StepSpecification specification = context.specification();
        TimeColumn time = TimeColumn.of(features, trainer.timeColumn(), "the features");
        Dataset<Row> heldOut = features.where(time.from(cut(specification))
                .and(time.before(specification.interval().end())));
        Comparison comparison = new Comparison(specification.model().name(), trainer, heldOut);
        comparison.add(Role.CHALLENGER, challenger, rows.positiveShare());
        champion(context)
                .ifPresent(bundle -> comparison.add(
                        Role.CHAMPION,
                        bundle.pipeline(),
                        bundle.manifest().training().positiveShare()));
        return comparison.report(context.report());
    }

    private record TrainingRows(long count, double positiveShare) {}

    private static TrainingRows look(Dataset<Row> training, ModelTrainer trainer, OffsetDateTime cut) {
        Row counted = training.agg(count(lit(1)), avg(col(trainer.label()))).first();
        if (counted.getLong(0) == 0) {
            throw new StepFailure("there is no row to train on from before " + cut
                    + ", where the held-out stretch begins: hold out less, or train on more partitions");
        }
        double share = counted.isNullAt(1) ? 0 : counted.getDouble(1);
        if (share <= 0 || share >= 1) {
            throw new StepFailure("all " + counted.getLong(0) + " rows to train on have the same '" + trainer.label()
                    + "': there is nothing to learn");
        }
        return new TrainingRows(counted.getLong(0), share);
    }

    private static Optional<ModelBundle> champion(StepContext context) {
        return context.specification()
                .model()
                .champion()
                .map(ModelReference.Champion::bundle)
                .map(bundle -> ModelBundle.open(context.storage(), bundle));
    }

    private static BundleManifest.Origin origin(StepContext context) {
        StepSpecification specification = context.specification();
        return new BundleManifest.Origin(
                specification.dag(),
                specification.dagVersion(),
                specification.runId(),
                specification.step(),
                specification.launchKey(),
                specification.trainer(),
                context.spark().version());
    }

    private static List<TrainedPartition> partitions(StepContext context, InputDataset input) {
        List<TrainedPartition> partitions = new ArrayList<>();
        for (InputDataset.Partition partition : input.partitions()) {
            String fingerprint = PartitionManifest.of(context.storage(), partition.uri())
                    .map(PartitionManifest::fingerprint)
                    .or(partition::fingerprint)
                    .orElse("");
            partitions.add(new TrainedPartition(input.dataset(), partition.partition(), partition.uri(), fingerprint));
        }
        return partitions;
    }

    private static void register(StepContext context, PipelineModel challenger, BundleManifest described) {
        StepSpecification specification = context.specification();
        ModelBundle bundle = ModelBundle.write(
                context.storage(), specification.model().bundle(), challenger, described, specification.launchKey());
        BundleManifest manifest = bundle.manifest();
        Map<String, Object> parameters = new HashMap<>(manifest.training().parameters());
        parameters.put("training_rows", manifest.training().rows());
        parameters.put("trained_before", manifest.training().before());
        List<TrainedOn> trainedOn = manifest.training().partitions().stream()
                .map(seen -> new TrainedOn(
                        seen.dataset(),
                        seen.partition(),
                        seen.uri(),
                        Optional.ofNullable(seen.fingerprint()).filter(text -> !text.isEmpty())))
                .toList();
        context.report()
                .model(new TrainedModel(
                        manifest.model(),
                        bundle.uri(),
                        bundle.fingerprint(),
                        parameters,
                        manifest.metrics(),
                        trainedOn));
    }
}
