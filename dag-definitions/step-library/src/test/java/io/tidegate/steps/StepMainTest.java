package io.tidegate.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, as an executor starts it. */
class StepMainTest {
    @TempDir
    private Path folder;

    private record Ended(int exitCode, List<String> errors) {}

    private Ended start(Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add") || argument.startsWith("-XX:+Ignore"))
                .forEach(command::add);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), StepMain.class.getName()));
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readAllLines(errors));
    }

    private Map<String, String> environment(String json) throws IOException {
        Path specification = Files.writeString(folder.resolve("specification.json"), json.replace('\'', '"'));
        return Map.of(
                "TIDEGATE_STEP", "ingest",
                "TIDEGATE_SPECIFICATION", specification.toString(),
                "TIDEGATE_OUTPUT", folder.resolve("report.jsonl").toString());
    }

    @Test
    void aFailureEndsWithItsReasonInPlainWords() throws IOException, InterruptedException {
        Ended ended = start(
                environment(
                        "{'dag':'d','step':'ingest','kind':'ingest','launch_key':'k','interval':{'start':'2001-01-01T00:00:00Z','end':'2001-01-08T00:00:00Z'},"
                                + "'source':{'uri':'/nowhere.parquet','time_column':'date'},'outputs':[{'dataset':'raw','data_class':'raw','partition':'p','uri':'/tmp/x'}]}"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors().get(ended.errors().size() - 1))
                .isEqualTo(
                        "step ingest failed: the source /nowhere.parquet does not exist: has the step that fetches it run?");
    }

    @Test
    void aKindWithoutAProgramIsNamedBeforeSparkStarts() throws IOException, InterruptedException {
        Ended ended = start(environment("{'step':'x','kind':'publish'}"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).noneMatch(line -> line.contains("SparkContext"));
        assertThat(ended.errors().get(ended.errors().size() - 1))
                .startsWith("step ingest failed: there is no built-in program for steps of kind 'publish'");
    }

    @Test
    void whatNobodyForesawIsExplainedInALine() {
        Throwable failure =
                new IllegalStateException("outer", new java.io.IOException("No space left on device\nat ..."));
        assertThat(Explanation.of(failure)).isEqualTo("IOException: No space left on device");
        assertThat(Explanation.of(new OutOfMemoryError("Java heap space")))
                .isEqualTo("OutOfMemoryError: Java heap space; give the step more 'driver_memory'");
        assertThat(Explanation.of(new NullPointerException())).isEqualTo("NullPointerException: no message");
    }
}
