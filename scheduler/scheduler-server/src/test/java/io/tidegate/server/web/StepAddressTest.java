package io.tidegate.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.testing.RawHttp;
import io.tidegate.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a step on another machine may do, which knows the server by the name of whatever forwards to it. */
final class StepAddressTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with("trouble");

    private String key;

    @Test
    void itMayReportAndNothingElse() {
        String run = SERVER.api().run("trouble", "{\"parameters\":{\"how\":\"wait\"}}");
        SERVER.api().awaitStep(run, "misbehave", "running");
        key = SERVER.api().step(run, "misbehave").at("/attempts/0/launch_key").asText();
        String report = "/api/v1/attempts/" + key + "/report";

        assertThat(asAnother("POST " + report, "")).isEqualTo(204);
        assertThat(asAnother("POST " + report, "Origin: http://10.99.0.1:8080\r\n"))
                .isEqualTo(403);
        assertThat(asAnother("GET " + report, "")).isEqualTo(403);
        assertThat(asAnother("POST /api/v1/dags/trouble/pause", "")).isEqualTo(403);
        assertThat(asAnother("POST /api/v1/attempts/../dags/trouble/pause", "")).isIn(400, 403);
        assertThat(asAnother("POST /api/v1/dags/trouble/pause;/api/v1/attempts/a/report", ""))
                .isIn(400, 403);
    }

    private int asAnother(String methodAndPath, String headers) {
        String body = "{\"type\":\"metric\",\"name\":\"x\",\"value\":1}";
        return new RawHttp(SERVER.address())
                .send(methodAndPath + " HTTP/1.1\r\nHost: 10.99.0.1:8080\r\n" + headers + "Authorization: Bearer "
                        + SERVER.token(key)
                        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .status();
    }
}
