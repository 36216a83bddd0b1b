package io.tidegate.steps.ingest;

import io.tidegate.steps.contract.Interval;
import io.tidegate.steps.contract.Metric;
import io.tidegate.steps.contract.OutputDataset;
import io.tidegate.steps.contract.Source;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.StepContext;
import io.tidegate.steps.runtime.TimeColumn;
import io.tidegate.steps.storage.ParquetFiles;
import io.tidegate.steps.storage.PreparedPartition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Lands an interval's rows of a source as a raw partition that never changes: the same content again is fine and changes nothing, other
 * content is a failure, and so is an interval without rows.
 */
public final class IngestStep implements BuiltInStep {
    @Override
    public void run(StepContext context) {
        Source source = context.specification().source();
        Interval interval = context.specification().interval();
        OutputDataset output = context.onlyOutput();
        if (!context.storage().exists(source.uri())) {
            throw new StepFailure("the source " + source.uri() + " does not exist: has the step that fetches it run?");
        }
        if ("parquet".equals(source.format())) {
            ParquetFiles.requireWhole(context.storage(), source.uri());
        }
        Dataset<Row> all = context.spark().read().format(source.format()).load(source.uri());
        TimeColumn time = TimeColumn.of(all, source.timeColumn(), "the source " + source.uri());
        Dataset<Row> rows = all.where(time.within(interval));
        PreparedPartition prepared = context.writer().prepare(rows, output.format(), output.uri());
        if (prepared.manifest().rows() == 0) {
            prepared.discard();
            throw new StepFailure(
                    "the source " + source.uri() + " has no row whose " + source.timeColumn() + " lies from "
                            + interval.start() + " to " + interval.end()
                            + ": check that the source reaches so far, and the DAG's schedule and zone");
        }
        PreparedPartition.Landing landing = prepared.land();
        if (landing.alreadyThere()) {
            context.report().progress(1, "the same content had been landed before; nothing was changed");
        }
        context.reportWritten(output, landing.manifest());
        long count = landing.manifest().rows();
        context.report()
                .metric(Metric.of("rows", count).onDataset(output.dataset()).from(count));
    }
}
