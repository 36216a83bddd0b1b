package io.tidegate.server.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.scheduler.lineage.PartitionUse.Content;
import io.tidegate.server.testing.TestServer;
import io.tidegate.storage.Storage;
import io.tidegate.storage.Storages;
import io.tidegate.storage.hadoop.HadoopSettings;
import io.tidegate.storage.hadoop.HadoopStorages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Lineage knows the content of what any program wrote. */
final class StoredOutputsTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with();

    @TempDir
    private Path folder;

    private static JsonNode write(String run, String step) {
        for (JsonNode use : SERVER.api().step(run, step).path("uses")) {
            if (use.path("direction").asText().equals("write")) {
                return use;
            }
        }
        throw new AssertionError("step " + step + " wrote nothing: "
                + SERVER.api().step(run, step).path("uses"));
    }

    @Test
    void outputsOfShellStepsHaveFingerprints() {
        SERVER.declare("shell", """
                dag: shell
                params:
                  rows: { type: integer, default: 1 }
                datasets:
                  numbers: { class: raw, format: csv, uri: "{{ home }}/numbers" }
                  told: { class: raw, format: csv, uri: "{{ home }}/told" }
                  broken: { class: raw, format: csv, uri: "{{ home }}/broken" }
                steps:
                  count:
                    kind: ingest
                    outputs: [numbers]
                    command: [sh, -c, 'mkdir -p "$TIDEGATE_OUTPUT_URI_NUMBERS" && seq "$TIDEGATE_PARAM_ROWS" > "$TIDEGATE_OUTPUT_URI_NUMBERS/part-0"']
                  tell:
                    kind: ingest
                    outputs: [told]
                    command: [sh, -c, 'echo "{\\"type\\":\\"dataset\\",\\"direction\\":\\"write\\",\\"dataset\\":\\"told\\",\\"fingerprint\\":\\"mine\\"}" > "$TIDEGATE_OUTPUT"']
                  break:
                    kind: ingest
                    outputs: [broken]
                    command: [sh, -c, 'echo half > "$TIDEGATE_OUTPUT_URI_BROKEN"; exit 3']
                """);
        String first = SERVER.api().run("shell", "{\"parameters\":{\"rows\":\"3\"}}");
        SERVER.api().ended(first);
        JsonNode numbers = write(first, "count");
        assertThat(numbers.path("fingerprint").asText()).matches("sha256:[0-9a-f]{64}");
        assertThat(numbers.path("bytes").asLong()).isEqualTo(6);
        assertThat(write(first, "tell").path("fingerprint").asText()).isEqualTo("mine");
        assertThat(SERVER.api().step(first, "break").path("uses").findValuesAsText("fingerprint"))
                .allMatch(text -> text.isEmpty() || text.equals("null"));

        String second = SERVER.api().run("shell", "{\"parameters\":{\"rows\":\"3\"}}");
        SERVER.api().ended(second);
        assertThat(write(second, "count").path("fingerprint")).isEqualTo(numbers.path("fingerprint"));
        String third = SERVER.api().run("shell", "{\"parameters\":{\"rows\":\"4\"}}");
        SERVER.api().ended(third);
        assertThat(write(third, "count").path("fingerprint")).isNotEqualTo(numbers.path("fingerprint"));
    }

    @Test
    void whatCannotBeLookedAtIsLeftOut() throws IOException {
        Files.writeString(folder.resolve("part-0"), "1");
        try (HadoopStorages storages = new HadoopStorages(HadoopSettings.NONE, InstantSource.system());
                StoredOutputs outputs = new StoredOutputs(storages)) {
            Map<String, Content> found = outputs.look(
                    "",
                    List.of(folder.toString(), folder + "/nothing", "pigeon://loft/x", "s3a://bucket/x", "no place"));
            assertThat(found).containsOnlyKeys(folder.toString());
        }
    }

    @Test
    void aFileSystemThatDoesNotAnswerDelaysAFewEndsAndThenNone() {
        CountDownLatch answer = new CountDownLatch(1);
        Duration wait = Duration.ofMillis(100);
        try (StoredOutputs outputs = new StoredOutputs(new Silent(answer), wait)) {
            for (int attempt = 0; attempt < 4; attempt++) {
                long start = System.nanoTime();
                assertThat(outputs.look("", List.of("hdfs://silent/x", "hdfs://silent/y")))
                        .isEmpty();
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(wait.toNanos());
            }
            long start = System.nanoTime();
            for (int attempt = 0; attempt < 1000; attempt++) {
                assertThat(outputs.look("", List.of("hdfs://silent/x"))).isEmpty();
            }
            assertThat(System.nanoTime() - start)
                    .isLessThan(wait.multipliedBy(100).toNanos());
        } finally {
            answer.countDown();
        }
    }

    /** Does not answer before it is let, and minds no interrupt. */
    private record Silent(CountDownLatch answer) implements Storages {
        @Override
        public Storage own() throws IOException {
            return of("");
        }

        @Override
        public Storage of(String owner) throws IOException {
            while (answer.getCount() > 0) {
                try {
                    answer.await();
                } catch (InterruptedException interrupted) {
                    Thread.onSpinWait();
                }
            }
            throw new IOException("too late");
        }

        @Override
        public void renew() {}

        @Override
        public void close() {}
    }
}
