package io.tidegate.store.commit;

import io.tidegate.dag.model.ModelRole;
import io.tidegate.scheduler.change.Change.ReportTaken;
import io.tidegate.scheduler.lineage.PartitionUse;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.report.StepReport.Direction;
import io.tidegate.store.commit.Reports.Taken;
import io.tidegate.store.database.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Rows of a report as they travel to the database: the names are those of the columns. */
final class ReportRows {
    private ReportRows() {}

    record ReportKey(UUID run, String step, int attempt) {}

    record ReportRow(
            UUID run,
            String step,
            int attempt,
            Instant takenAt,
            String codeDigest,
            Map<String, String> parameters,
            Map<String, String> outputs,
            List<String> problems) {
        static final Columns<ReportRow> COLUMNS = Columns.<ReportRow>of("reports")
                .text("run", row -> row.run().toString())
                .text("step", ReportRow::step)
                .number("attempt", row -> OptionalInt.of(row.attempt()))
                .text("taken_at", row -> row.takenAt().toString())
                .text("code_digest", ReportRow::codeDigest)
                .document("parameters", ReportRow::parameters)
                .document("outputs", ReportRow::outputs)
                .document("problems", ReportRow::problems);

        static ReportRow of(UUID run, ReportTaken change) {
            List<String> problems = new ArrayList<>(change.report().problems());
            problems.addAll(ModelRegistration.problems(change.report()));
            return new ReportRow(
                    run,
                    change.step().value(),
                    change.attempt(),
                    change.at(),
                    change.codeDigest(),
                    change.report().parameters(),
                    change.report().outputs(),
                    problems);
        }

        ReportKey key() {
            return new ReportKey(run, step, attempt);
        }
    }

    record UseRow(
            UUID run,
            String step,
            int attempt,
            Direction direction,
            String dag,
            String dataset,
            String dataClass,
            String partition,
            String uri,
            Optional<String> fingerprint,
            Optional<Long> rowCount,
            Optional<Long> byteCount,
            Instant at) {
        static UseRow of(Taken taken, PartitionUse use) {
            return new UseRow(
                    taken.head().id(),
                    taken.change().step().value(),
                    taken.change().attempt(),
                    use.direction(),
                    use.dag().value(),
                    use.dataset().value(),
                    use.dataClass().name(),
                    use.partition(),
                    use.uri(),
                    use.content().fingerprint(),
                    use.content().rows(),
                    use.content().bytes(),
                    taken.change().at());
        }

        static UseRow trainedOn(Taken taken, PartitionUse declared, StepReport.DatasetUse trained) {
            return new UseRow(
                    taken.head().id(),
                    taken.change().step().value(),
                    taken.change().attempt(),
                    Direction.READ,
                    declared.dag().value(),
                    declared.dataset().value(),
                    declared.dataClass().name(),
                    trained.partition(),
                    trained.uri(),
                    trained.fingerprint(),
                    trained.rows(),
                    trained.bytes(),
                    taken.change().at());
        }
    }

    record TrainingRow(
            int place,
            String dag,
            String dataset,
            Optional<String> dataClass,
            String partition,
            String uri,
            Optional<String> fingerprint,
            Optional<Long> rowCount,
            Optional<Long> byteCount) {
        static TrainingRow of(Taken taken, int place, StepReport.DatasetUse trained) {
            Optional<PartitionUse> declared = Reports.declared(taken, trained.dataset());
            return new TrainingRow(
                    place,
                    declared.map(use -> use.dag().value()).orElse(taken.head().dag()),
                    trained.dataset(),
                    declared.map(use -> use.dataClass().name()),
                    trained.partition(),
                    trained.uri(),
                    trained.fingerprint(),
                    trained.rows(),
                    trained.bytes());
        }
    }

    record ModelUseRow(UUID run, String step, int attempt, String model, int version, ModelRole role, Instant at) {
        static ModelUseRow of(Taken taken, String model, int version, ModelRole role) {
            ReportTaken change = taken.change();
            return new ModelUseRow(
                    taken.head().id(), change.step().value(), change.attempt(), model, version, role, change.at());
        }
    }

    record MetricRow(
            UUID run,
            String dag,
            String step,
            int attempt,
            Optional<String> partition,
            Optional<Instant> intervalStart,
            String name,
            double value,
            long samples,
            Optional<String> dataset,
            Optional<String> model,
            Optional<Integer> modelVersion,
            Optional<ModelRole> role,
            Optional<String> sliceColumn,
            Optional<String> sliceValue,
            boolean comparison,
            Instant at) {
        static MetricRow of(Taken taken, StepReport.Metric metric, Optional<Integer> modelVersion, boolean comparison) {
            StepReport.Subject subject = metric.subject();
            return new MetricRow(
                    taken.head().id(),
                    taken.head().dag(),
                    taken.change().step().value(),
                    taken.change().attempt(),
                    taken.head().partition(),
                    taken.head().intervalStart(),
                    metric.name(),
                    metric.value(),
                    metric.samples(),
                    subject.dataset(),
                    subject.model(),
                    modelVersion,
                    subject.role(),
                    subject.slice().map(StepReport.Slice::column),
                    subject.slice().map(StepReport.Slice::value),
                    comparison,
                    taken.change().at());
        }
    }
}
