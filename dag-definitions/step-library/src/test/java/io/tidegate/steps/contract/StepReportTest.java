package io.tidegate.steps.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepReportTest {
    @TempDir
    private Path folder;

    @Test
    void writesOneLineForEachThing() throws IOException {
        Path file = folder.resolve("output.jsonl");
        StepReport report = new StepReport(file);
        report.metric(Metric.of("log_loss", 0.49)
                .onModel(new Metric.MeasuredModel("late-arrival", Metric.Role.CHALLENGER))
                .onDataset("scores")
                .ofSlice("origin", "ORD")
                .from(1500));
        report.metric(Metric.of("rows", 3));
        report.parameter("window", 8);
        report.output("days", List.of("a", "b"));
        report.dataset(new DatasetUse(
                DatasetUse.Direction.READ,
                "raw",
                "2001-01-01",
                "/r",
                OptionalLong.of(2),
                OptionalLong.empty(),
                Optional.empty()));
        report.model(new TrainedModel(
                "m",
                "/b",
                "sha256:0",
                Map.of("p", 1),
                Map.of("auc", 0.6),
                List.of(new TrainedOn("f", "2001-01-01", "/f", Optional.of("sha256:1")))));
        report.progress(0.5, "half \"done\"\n");
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"type\":\"metric\",\"name\":\"log_loss\",\"value\":0.49,\"model\":\"late-arrival\",\"role\":\"challenger\",\"dataset\":\"scores\","
                                + "\"slice\":{\"column\":\"origin\",\"value\":\"ORD\"},\"samples\":1500}",
                        "{\"type\":\"metric\",\"name\":\"rows\",\"value\":3.0}",
                        "{\"type\":\"param\",\"name\":\"window\",\"value\":8}",
                        "{\"type\":\"output\",\"name\":\"days\",\"value\":[\"a\",\"b\"]}",
                        "{\"type\":\"dataset\",\"direction\":\"read\",\"dataset\":\"raw\",\"partition\":\"2001-01-01\",\"uri\":\"/r\",\"rows\":2}",
                        "{\"type\":\"model\",\"name\":\"m\",\"uri\":\"/b\",\"fingerprint\":\"sha256:0\",\"params\":{\"p\":1},\"metrics\":{\"auc\":0.6},"
                                + "\"trained_on\":[{\"dataset\":\"f\",\"partition\":\"2001-01-01\",\"uri\":\"/f\",\"fingerprint\":\"sha256:1\"}]}",
                        "{\"type\":\"progress\",\"fraction\":0.5,\"message\":\"half \\\"done\\\"\\n\"}");
    }

    @Test
    void aNumberThatIsNoneIsNotReported() {
        assertThatThrownBy(() -> Metric.of("auc", Double.NaN))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("the metric auc is NaN");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> new StepReport(folder).progress(0, ""))
                .isInstanceOf(StepFailure.class)
                .hasMessageContaining("cannot be written");
    }
}
