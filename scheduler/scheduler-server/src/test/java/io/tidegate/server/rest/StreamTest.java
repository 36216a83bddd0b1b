package io.tidegate.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.TestServer;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server tells those that listen while things go on. */
final class StreamTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with("trouble").configured("execution: { progress_every: 1s }");

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theStreamTellsWhatHappensToTheRunThatIsLookedAt() throws Exception {
        Api api = SERVER.api();
        String run = api.run("trouble", "{\"parameters\":{\"how\":\"wait\"}}");
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(
                        api.request("/stream?run=" + run)
                                .header("Accept-Encoding", "gzip")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(response.headers().firstValue("Content-Encoding"))
                .as("events must not wait in a compressor")
                .isEmpty();
        List<String> seen = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith(":");
            api.post("/runs/" + run + "/cancel", "{}");
            String line = lines.readLine();
            while (!line.contains("\"state\":\"cancelled\"") || !line.contains("\"dag\"")) {
                seen.add(line);
                line = lines.readLine();
            }
        }
        assertThat(seen)
                .contains("event: step", "event: run")
                .noneMatch(line -> line.contains("\"run\"") && !line.contains(run));
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theStreamTellsHowFarARunningStepIs() throws Exception {
        Api api = SERVER.api();
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(api.request("/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith(":");
            String run = api.run("trouble", "{\"parameters\":{\"how\":\"measured\"}}");
            String before = "";
            String line = lines.readLine();
            while (!line.contains("\"fraction\":0.25")) {
                before = line;
                line = lines.readLine();
            }
            assertThat(before).isEqualTo("event: progress");
            assertThat(line).contains(run, "\"step\":\"misbehave\"", "\"attempt\":1", "\"message\":\"a quarter\"");
            api.post("/runs/" + run + "/cancel", "{}");
        }
    }
}
