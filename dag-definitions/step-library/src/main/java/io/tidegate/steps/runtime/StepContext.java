package io.tidegate.steps.runtime;

import io.tidegate.steps.contract.DatasetUse;
import io.tidegate.steps.contract.InputDataset;
import io.tidegate.steps.contract.OutputDataset;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.contract.StepReport;
import io.tidegate.steps.contract.StepSpecification;
import io.tidegate.steps.storage.ParquetFiles;
import io.tidegate.steps.storage.PartitionManifest;
import io.tidegate.steps.storage.PartitionWriter;
import io.tidegate.steps.storage.PreparedPartition;
import io.tidegate.steps.storage.Storage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Everything a built-in step works with. What is read and written through it is reported, so that lineage does not depend on a step's
 * good manners.
 */
public final class StepContext {
    private final SparkSession spark;
    private final StepSpecification specification;
    private final StepReport report;
    private final Storage storage;

    public StepContext(SparkSession spark, StepSpecification specification, StepReport report) {
        this.spark = Objects.requireNonNull(spark, "spark");
        this.specification = Objects.requireNonNull(specification, "specification");
        this.report = Objects.requireNonNull(report, "report");
        this.storage = new Storage(spark.sparkContext().hadoopConfiguration());
    }

    public SparkSession spark() {
        return spark;
    }

    public StepSpecification specification() {
        return specification;
    }

    public StepReport report() {
        return report;
    }

    public Storage storage() {
        return storage;
    }

    /** Writes partitions under this attempt's launch key. */
    public PartitionWriter writer() {
        return new PartitionWriter(spark, storage, specification.launchKey());
    }

    /** The one input of a step that reads one dataset. */
    public InputDataset onlyInput() {
        List<InputDataset> inputs = specification.inputs();
        if (inputs.size() != 1) {
            throw new StepFailure("a " + specification.kind() + " step reads one dataset; " + specification.step()
                    + " has " + inputs.size() + " inputs");
        }
        return inputs.get(0);
    }

    /** The one output of a step that writes one dataset. */
    public OutputDataset onlyOutput() {
        List<OutputDataset> outputs = specification.outputs();
        if (outputs.size() != 1) {
            throw new StepFailure("a " + specification.kind() + " step writes one dataset; " + specification.step()
                    + " has " + outputs.size() + " outputs");
        }
        return outputs.get(0);
    }

    /** All partitions of an input in one DataFrame. */
    public Dataset<Row> read(InputDataset input) {
        return read(input, input.partitions());
    }

    /** Some partitions of an input in one DataFrame; each is reported as read. */
    public Dataset<Row> read(InputDataset input, List<InputDataset.Partition> partitions) {
        if (partitions.isEmpty()) {
            throw new StepFailure("there is no partition of " + input.dataset() + " to read");
        }
        for (InputDataset.Partition partition : partitions) {
            String name = input.dataset() + "@" + partition.partition();
            if (!storage.exists(partition.uri())) {
                throw new StepFailure("the input " + name + " is missing: there is nothing at " + partition.uri()
                        + ". Run the step that writes it for that interval");
            }
            if ("parquet".equals(input.format())) {
                ParquetFiles.requireWhole(storage, partition.uri());
            }
            reportRead(input, partition);
        }
        String[] folders = partitions.stream().map(InputDataset.Partition::uri).toArray(String[]::new);
        return spark.read().format(input.format()).load(folders);
    }

    private void reportRead(InputDataset input, InputDataset.Partition partition) {
        Optional<PartitionManifest> manifest = PartitionManifest.of(storage, partition.uri());
        report.dataset(new DatasetUse(
                DatasetUse.Direction.READ,
                input.dataset(),
                partition.partition(),
                partition.uri(),
                manifest.map(known -> OptionalLong.of(known.rows())).orElse(OptionalLong.empty()),
                manifest.map(known -> OptionalLong.of(known.bytes())).orElse(OptionalLong.empty()),
                manifest.map(PartitionManifest::fingerprint).or(partition::fingerprint)));
    }

    /** Writes an output, in the place of what an earlier attempt wrote, and reports it. */
    public PartitionManifest write(Dataset<Row> frame, OutputDataset output) {
        PreparedPartition prepared = writer().prepare(frame, output.format(), output.uri());
        prepared.replace();
        reportWritten(output, prepared.manifest());
        return prepared.manifest();
    }

    /** Reports that an output is in its place. */
    public void reportWritten(OutputDataset output, PartitionManifest manifest) {
        report.dataset(new DatasetUse(
                DatasetUse.Direction.WRITE,
                output.dataset(),
                output.partition(),
                output.uri(),
                OptionalLong.of(manifest.rows()),
                OptionalLong.of(manifest.bytes()),
                Optional.of(manifest.fingerprint())));
    }
}
