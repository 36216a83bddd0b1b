package io.tidegate.steps.transform;

import io.tidegate.steps.contract.InputDataset;
import io.tidegate.steps.contract.Metric;
import io.tidegate.steps.contract.OutputDataset;
import io.tidegate.steps.contract.StepSpecification;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.Extensions;
import io.tidegate.steps.runtime.StepContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs the {@link Transformation} that the step names and writes what comes out. */
public final class TransformStep implements BuiltInStep {
    @Override
    public void run(StepContext context) {
        StepSpecification specification = context.specification();
        Transformation transformation = Extensions.create(specification.transformation(), Transformation.class);
        OutputDataset output = context.onlyOutput();
        Map<String, Dataset<Row>> datasets = new LinkedHashMap<>();
        for (InputDataset input : specification.inputs()) {
            datasets.merge(input.dataset(), context.read(input), Dataset::unionByName);
        }
        Dataset<Row> result = transformation.apply(
                new TransformationInputs(specification.interval(), datasets, specification.parameters()));
        long rows = context.write(result, output).rows();
        context.report()
                .metric(Metric.of("rows", rows).onDataset(output.dataset()).from(rows));
    }
}
