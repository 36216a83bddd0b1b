package io.tidegate.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.JobProgress;
import io.tidegate.executor.LaunchKey;
import io.tidegate.server.secret.SecretMask;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What running programs say of how far they are. */
final class ReportTailTest {
    private static final LaunchKey KEY = new LaunchKey("key");
    private static final String FITTING = "{\"type\":\"progress\",\"fraction\":0.25,\"message\":\"fitting\"}\n";

    @TempDir
    private Path folder;

    private Path file;
    private ApiReports api;
    private ReportTail tail;

    @BeforeEach
    void open() {
        file = folder.resolve("output.jsonl");
        api = new ApiReports(folder.resolve("attempts"), () -> SecretMask.NONE);
        tail = new ReportTail(api);
    }

    private Optional<JobProgress> of(String report) throws IOException {
        Files.writeString(file, report);
        return tail.of(KEY, new FileOutput(file));
    }

    /** What an executor gives of a step that writes to a file. */
    private record FileOutput(Path file) implements AttemptOutput {
        @Override
        public long logSize() {
            return 0;
        }

        @Override
        public byte[] readLog(long offset, int maximumBytes) {
            return new byte[0];
        }

        @Override
        public InputStream report() throws IOException {
            return Files.newInputStream(file);
        }
    }

    @Test
    void theNewestLineCountsAlsoBehindMuchElseAndBeforeALineThatIsBeingWritten() throws IOException {
        String metrics = "{\"type\":\"metric\",\"name\":\"loss\",\"value\":1}\n".repeat(100_000);

        assertThat(of(metrics + FITTING + "{\"type\":\"progress\",\"frac")).contains(new JobProgress(0.25, "fitting"));
        assertThat(of(FITTING + "{\"type\":\"progress\",\"fraction\":1}\n")).contains(new JobProgress(1, ""));
        assertThat(of("")).isEmpty();
    }

    @Test
    void whatCameThroughTheApiCountsBeforeTheFile() throws IOException {
        byte[] line =
                "{\"type\":\"progress\",\"fraction\":0.75,\"message\":\"comparing\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(api.append(KEY, new ByteArrayInputStream(line))).isTrue();

        assertThat(of(FITTING)).contains(new JobProgress(0.75, "comparing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"progress\",\"fraction\":1.5}",
                "{\"type\":\"progress\",\"fraction\":-0.1}",
                "{\"type\":\"progress\",\"fraction\":\"much\"}",
                "{\"type\":\"progress\"}",
                "{\"type\":\"metric\",\"name\":\"progress\",\"fraction\":0.5}",
                "[\"progress\"]",
                "progress: 50 %"
            })
    void whatMakesNoSenseIsPassedOver(String line) throws IOException {
        assertThat(of(FITTING + line + "\n")).contains(new JobProgress(0.25, "fitting"));
    }

    @Test
    void aLongMessageIsCut() throws IOException {
        assertThat(of("{\"type\":\"progress\",\"fraction\":0.5,\"message\":\"" + "x".repeat(1000) + "\"}\n"))
                .hasValueSatisfying(progress -> assertThat(progress.message()).hasSize(200));
    }
}
