package io.tidegate.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.model.ModelRole;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.server.secret.SecretMask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReportParserTest {
    private final ReportParser parser = new ReportParser();

    private StepReport parse(String text) throws IOException {
        return parser.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void everyKindOfLineIsTakenIn() throws IOException {
        StepReport report = parse("""
                {"type":"metric","name":"log_loss","value":0.49,"model":"late-arrival","role":"champion","dataset":"scores","samples":115000,"slice":{"column":"origin","value":"ORD"}}
                {"type":"param","name":"max_iter","value":20}
                {"type":"output","name":"rows","value":{"good":10}}
                {"type":"dataset","direction":"write","dataset":"clean","partition":"2001-01-01","uri":"/data/clean","rows":10,"bytes":300,"fingerprint":"sha256:ab"}
                {"type":"model","name":"late-arrival","uri":"/models/1","params":{"depth":5},"metrics":{"auc":0.64},"trained_on":[{"dataset":"features","partition":"2001-01-01","fingerprint":"sha256:cd"}]}
                {"type":"progress","fraction":0.4,"message":"fitting"}
                """);

        assertThat(report.problems()).isEmpty();
        StepReport.Metric metric = report.metrics().get(0);
        assertThat(metric.value()).isEqualTo(0.49);
        assertThat(metric.samples()).isEqualTo(115_000);
        assertThat(metric.subject().role()).contains(ModelRole.CHAMPION);
        assertThat(metric.subject().slice()).contains(new StepReport.Slice("origin", "ORD"));
        assertThat(report.parameters()).containsEntry("max_iter", "20");
        assertThat(report.outputs()).containsEntry("rows", "{\"good\":10}");
        assertThat(report.datasets().get(0).rows()).isEqualTo(Optional.of(10L));
        assertThat(report.models().get(0).trainedOn().get(0).fingerprint()).contains("sha256:cd");
        assertThat(report.models().get(0).metrics()).containsEntry("auc", 0.64);
    }

    private static String output(String name, String text) {
        return "{\"type\":\"output\",\"name\":\"" + name + "\",\"value\":\"" + text + "\"}\n";
    }

    @Test
    void theOutputsOfAStepHave64KibibytesTogether() throws IOException {
        // Two bytes a character, and the quotes.
        String half = "ö".repeat(16_383);
        StepReport full = parse(output("a", half) + output("b", half) + output("c", "x"));
        assertThat(full.outputs()).containsOnlyKeys("a", "b");
        assertThat(full.problems())
                .containsExactly("report line 3: output 'c' has 3 bytes; all outputs of a step together may have 65536."
                        + " Write large values to a dataset");

        StepReport again =
                parse(output("a", half) + output("b", half) + output("a", "x") + output("c", "ö".repeat(16_381)));
        assertThat(again.outputs()).containsOnlyKeys("a", "b", "c").containsEntry("a", "\"x\"");
        assertThat(again.problems()).isEmpty();
    }

    @Test
    void secretsAreHiddenHoweverALineWritesThem() throws IOException {
        ReportParser hiding = new ReportParser(SecretMask.of(List.of("open\"sesame", "98765432"))::hide);
        StepReport report = hiding.parse(new ByteArrayInputStream("""
                {"type":"output","name":"key","value":{"deep":["say \\u006fpen\\"sesame",98765432]}}
                {"type":"metric","name":"x","value":98765432}
                """.getBytes(StandardCharsets.UTF_8)));
        assertThat(report.outputs()).containsEntry("key", "{\"deep\":[\"say ***********\",\"********\"]}");
        assertThat(report.metrics()).isEmpty();
        assertThat(report.problems()).containsExactly("report line 2: 'value' must be a finite number");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            hello | not a JSON object
            [1,2] | not a JSON object
            {"type":"metric","name":"x","value":NaN} | not a JSON object
            {"type":"metric","name":"x","value":1e400} | 'value' must be a finite number
            {"type":"metric","name":"x"} | 'value' must be a finite number
            {"type":"metric","value":1} | 'name' is missing
            {"type":"metric","name":"x","value":1,"role":"king"} | role must be champion or challenger, not 'king'
            {"type":"metric","name":"x","value":1,"samples":-1} | 'samples' must be a whole number, 0 or more
            {"type":"dataset","direction":"sideways","dataset":"x"} | direction must be read or write, not 'sideways'
            {"type":"metrik","name":"x","value":1} | unknown type 'metrik'
            {"type":"param","name":"a\\u0000b","value":1} | 'name' holds a NUL character
            {"type":"output","name":"a","value":"\\u0000"} | 'value' holds a NUL character
            {"type":"metric","type":"param","name":"x","value":1} | not a JSON object
            """)
    void aLineThatMakesNoSenseIsNamedAndTheOthersCount(String line, String problem) throws IOException {
        StepReport report = parse("{\"type\":\"metric\",\"name\":\"good\",\"value\":1}\n" + line + "\n"
                + "{\"type\":\"metric\",\"name\":\"better\",\"value\":2}\n");

        assertThat(report.metrics()).extracting(StepReport.Metric::name).containsExactly("good", "better");
        assertThat(report.problems()).hasSize(1);
        assertThat(report.problems().get(0)).startsWith("report line 2: ").contains(problem);
    }

    @Test
    void randomBytesCostNothingButTheirLines() throws IOException {
        byte[] garbage = new byte[200_000];
        new Random(7).nextBytes(garbage);
        InputStream stream = new SequenceInputStream(
                new ByteArrayInputStream(garbage),
                new ByteArrayInputStream(
                        "\n{\"type\":\"metric\",\"name\":\"good\",\"value\":1}".getBytes(StandardCharsets.UTF_8)));

        StepReport report = parser.parse(stream);

        assertThat(report.metrics()).extracting(StepReport.Metric::name).containsExactly("good");
        assertThat(report.problems()).hasSize(ReportParser.MOST_PROBLEMS + 1);
        assertThat(report.problems().get(ReportParser.MOST_PROBLEMS)).isEqualTo("further problems are not listed");
    }

    @Test
    void aLineOfManyMebibytesIsReadWithoutBeingKept() throws IOException {
        InputStream stream = new SequenceInputStream(
                new Repeated((byte) 'a', ReportParser.LONGEST_LINE * 3L),
                new ByteArrayInputStream(
                        "\n{\"type\":\"metric\",\"name\":\"good\",\"value\":1}".getBytes(StandardCharsets.UTF_8)));

        StepReport report = parser.parse(stream);

        assertThat(report.metrics()).hasSize(1);
        assertThat(report.problems().get(0)).contains("the line has " + ReportParser.LONGEST_LINE * 3L + " bytes");
    }

    @Test
    void anEndlessReportEnds() throws IOException {
        StepReport report = parser.parse(new Repeated((byte) 'a', Long.MAX_VALUE));

        assertThat(report.problems())
                .containsExactly("report line 1: the report is too large; what follows was not read");
    }

    @Test
    void tooManyEntriesAreRefusedOneByOne() throws IOException {
        String line = "{\"type\":\"metric\",\"name\":\"x\",\"value\":1}\n";

        StepReport report = parse(line.repeat(ReportParser.MOST_ENTRIES + 5));

        assertThat(report.metrics()).hasSize(ReportParser.MOST_ENTRIES);
        assertThat(report.problems()).hasSize(5);
    }

    @Test
    void outputsTogetherStaySmall() throws IOException {
        String value = "\"" + "v".repeat(40_000) + "\"";

        StepReport report = parse("{\"type\":\"output\",\"name\":\"a\",\"value\":" + value
                + "}\n{\"type\":\"output\",\"name\":\"b\",\"value\":" + value
                + "}\n{\"type\":\"output\",\"name\":\"c\",\"value\":1}\n");

        assertThat(report.outputs()).containsOnlyKeys("a", "c");
        assertThat(report.problems().get(0)).contains("output 'b'").contains("Write large values to a dataset");
    }

    /** A stream of one byte, many times. */
    private static final class Repeated extends InputStream {
        private final byte value;
        private long left;

        Repeated(byte value, long times) {
            this.value = value;
            this.left = times;
        }

        @Override
        public int read() {
            return left-- > 0 ? value : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            java.util.Arrays.fill(buffer, offset, offset + count, value);
            left -= count;
            return count;
        }
    }
}
