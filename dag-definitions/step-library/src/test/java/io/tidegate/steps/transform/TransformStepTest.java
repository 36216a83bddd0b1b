package io.tidegate.steps.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.testing.SharedSpark;
import io.tidegate.steps.testing.StepRun;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformStepTest {
    @TempDir
    private Path folder;

    /** Multiplies by a parameter. */
    public static final class Times implements Transformation {
        @Override
        public Dataset<Row> apply(TransformationInputs inputs) {
            return inputs.dataset("numbers").selectExpr("n * " + inputs.integer("factor", 1) + " AS n");
        }
    }

    private Path numbers(String name, int count) {
        Path path = folder.resolve(name);
        SharedSpark.session().range(count).toDF("n").write().parquet(path.toString());
        return path;
    }

    private StepRun transform(String type) {
        return new StepRun("transform", folder)
                .set("transform", "'" + type + "'")
                .set("params", "{'factor': 3}")
                .output("result", folder.resolve("result"));
    }

    @Test
    void givesTheTransformationAllPartitionsAndTheParameters() {
        StepRun run = transform(Times.class.getName())
                .input("numbers", numbers("w2", 3))
                .input("numbers", numbers("w0", 1), numbers("w1", 2))
                .run(new TransformStep());
        Dataset<Row> result =
                SharedSpark.session().read().parquet(folder.resolve("result").toString());
        assertThat(result.selectExpr("sum(n)").first().getLong(0)).isEqualTo(12);
        assertThat(run.metric("rows")).isEqualTo(6);
        assertThat(run.lines(line -> line.path("direction").asText().equals("read")))
                .extracting(line -> line.path("partition").asText())
                .containsExactly("w2", "w0", "w1");
    }

    @Test
    void anInputThatIsNotThereIsNamed() {
        StepRun run = transform(Times.class.getName()).input("numbers", folder.resolve("w9"));
        assertThatThrownBy(() -> run.run(new TransformStep()))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("the input numbers@w9 is missing")
                .hasMessageContaining("Run the step that writes it");
    }

    @Test
    void aClassThatIsNoTransformationIsNamed() {
        assertThatThrownBy(() -> transform("org.example.Nothing").run(new TransformStep()))
                .hasMessageContaining("there is no class org.example.Nothing: is its jar among the DAG's 'libraries'");
        assertThatThrownBy(() -> transform("java.lang.String").run(new TransformStep()))
                .hasMessageContaining("the class java.lang.String is no Transformation");
    }

    @Test
    void aDatasetOrParameterThatIsNotThereIsNamed() {
        StepRun run = transform(Times.class.getName()).input("other", numbers("w0", 1));
        assertThatThrownBy(() -> run.run(new TransformStep()))
                .hasMessageContaining("asks for the dataset 'numbers', but the step's inputs are other");
        StepRun wrong = transform(Times.class.getName())
                .set("params", "{'factor': 'x'}")
                .input("numbers", numbers("w1", 1));
        assertThatThrownBy(() -> wrong.run(new TransformStep()))
                .hasMessageContaining("'factor' is 'x', not a whole number");
    }
}
