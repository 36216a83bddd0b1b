package io.tidegate.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.RawHttp;
import io.tidegate.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses, and what it tells browsers to refuse. */
final class SecurityTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with("trouble");

    private static RawHttp raw;
    private static String going;
    private static String goingKey;

    @BeforeAll
    static void startAStepThatGoesOn() {
        raw = new RawHttp(SERVER.address());
        going = SERVER.api().run("trouble", "{\"parameters\":{\"how\":\"wait\"}}");
        SERVER.api().awaitStep(going, "misbehave", "running");
        goingKey = key(going);
    }

    private static String key(String run) {
        return SERVER.api().step(run, "misbehave").at("/attempts/0/launch_key").asText();
    }

    private static String own() {
        return "Host: 127.0.0.1:" + raw.port() + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "localhost",
                "localhost:1",
                "127.0.0.1.evil.example:PORT",
                "127.0.0.2:PORT",
                "localhost:PORT.evil.example",
                "[::2]:PORT"
            })
    void anotherHostIsRefusedEverywhere(String host) {
        for (String target : List.of("/", "/api/v1/dags", "/admin/healthcheck", "/metrics", "/api/v1/openapi.json")) {
            RawHttp.Answer answer =
                    raw.get(target, "Host: " + host.replace("PORT", String.valueOf(raw.port())) + "\r\n");
            // What is no host at all is turned away even earlier.
            assertThat(answer.status()).as(target).isIn(400, 403);
            assertThat(answer.body()).doesNotContain("small", "trouble");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:PORT", "127.0.0.1:PORT", "LOCALHOST:PORT", "[::1]:PORT"})
    void itsOwnNamesAreServed(String host) {
        String own = host.replace("PORT", String.valueOf(raw.port()));
        assertThat(raw.get("/api/v1/dags", "Host: " + own + "\r\n").status()).isEqualTo(200);
        assertThat(raw.get("/api/v1/dags", "Host: " + own + "\r\nOrigin: http://" + own + "\r\n")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://localhost:PORT",
                "http://localhost",
                "http://localhost:1",
                "http://localhost:PORT@evil.example",
                "null",
                "file://",
                "not an origin"
            })
    void pagesOfOtherOriginsCannotChangeAnything(String origin) {
        String header = "Origin: " + origin.replace("PORT", String.valueOf(raw.port())) + "\r\n";

        RawHttp.Answer answer = raw.send("POST /api/v1/dags/trouble/pause HTTP/1.1\r\n" + own() + header
                + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(SERVER.api()
                        .get("/dags/trouble")
                        .body()
                        .at("/summary/paused")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aFormCannotPost() {
        Api.Answer answer = SERVER.api()
                .send(SERVER.api()
                        .request("/dags/trouble/runs")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}")));
        assertThat(answer.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/../../etc/passwd",
                "/../../../../etc/passwd",
                "/assets/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/assets/%2e%2e%2f%2e%2e%2fetc/passwd",
                "/assets/..%2f..%2flogback.xml",
                "/assets/..;/..;/logback.xml",
                "//api/v1/dags",
                "/api//v1/dags",
                "/api/v1//dags",
                "/api/v1/dags/..%2ftrouble",
                "/api/v1/dags/%2e%2e%2ftrouble",
                "/api/v1/runs/..%5c..%5cetc",
                "/api/v1/dags/%00",
                "/api/v1/dags/trouble%00.html",
                "/api/v1/dags/%ff%fe",
                "/api/v1/dags/%",
                "/api/v2/dags",
                "/index.html/../logback.xml",
                "/dashboard/../logback.xml"
            })
    void oddPathsReachNothing(String path) {
        RawHttp.Answer answer = raw.get(path, own());
        // What belongs to no interface is a room of the dashboard, at most.
        assertThat(answer.status()).as(answer.body()).isIn(200, 400, 404);
        assertThat(answer.body()).doesNotContain("root:", "<configuration", "\"items\"", "misbehave");
        if (path.startsWith("/api")) {
            assertThat(answer.status()).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/runs/whatever",
                "/favicon.svg",
                "/api/v1/dags",
                "/api/v1/nothing",
                "/metrics",
                "/admin/healthcheck"
            })
    void everyAnswerTellsBrowsersToBeCareful(String path) {
        assertThat(raw.get(path, own()).headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cross-origin-resource-policy", "same-origin")
                .hasEntrySatisfying(
                        "content-security-policy",
                        policy -> assertThat(policy)
                                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                                .doesNotContain("script-src 'self' 'unsafe", "unsafe-eval"))
                .doesNotContainKeys("server", "access-control-allow-origin", "x-powered-by");
        assertThat(raw.get(path, "Host: evil.example\r\n").headers())
                .containsEntry("x-content-type-options", "nosniff");
    }

    @Test
    void nobodyFromOutsideReachesIt() throws IOException {
        List<Inet4Address> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(Inet4Address.class::cast)
                .toList();
        for (Inet4Address address : outside) {
            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket()) {
                            socket.connect(new InetSocketAddress(address, raw.port()), 2000);
                        }
                    })
                    .isInstanceOf(ConnectException.class);
        }
        String hexPort = String.format("%04X", raw.port());
        assertThat(Files.readAllLines(java.nio.file.Path.of("/proc/net/tcp")))
                .filteredOn(line -> line.contains(":" + hexPort + " ") && line.contains(" 0A "))
                .allMatch(line -> line.contains("0100007F:" + hexPort));
    }

    @Test
    void aReportNeedsTheTokenOfItsOwnAttemptWhileItGoes() {
        String ended = SERVER.api().run("trouble", "{\"parameters\":{\"how\":\"fine\"}}");
        SERVER.api().ended(ended);

        assertThat(report(goingKey, null)).isEqualTo(401);
        assertThat(report(goingKey, "Bearer ")).isEqualTo(401);
        assertThat(report(goingKey, "Bearer nonsense")).isEqualTo(401);
        assertThat(report(goingKey, "Basic " + SERVER.token(goingKey))).isEqualTo(401);
        assertThat(report(goingKey, "Bearer " + SERVER.token(key(ended)))).isEqualTo(401);
        assertThat(report(key(ended), "Bearer " + SERVER.token(key(ended)))).isEqualTo(409);
        assertThat(report("no-such-attempt-1", "Bearer " + SERVER.token("no-such-attempt-1")))
                .isEqualTo(409);
        assertThat(report("..%2F..%2Fsecret", "Bearer " + SERVER.token(goingKey)))
                .isIn(400, 401, 404);
        assertThat(report(goingKey, "Bearer " + SERVER.token(goingKey))).isEqualTo(204);
    }

    private static int report(String key, String authorization) {
        var request = SERVER.api()
                .request("/attempts/" + key + "/report")
                .POST(BodyPublishers.ofString("{\"type\":\"metric\",\"name\":\"x\",\"value\":1}"));
        return SERVER.api()
                .send(authorization == null ? request : request.header("Authorization", authorization))
                .status();
    }

    @Test
    void bodiesThatAreTooLargeAreRefused() throws IOException {
        Api api = SERVER.api();
        byte[] large = new byte[9 << 20];
        java.util.Arrays.fill(large, (byte) ' ');
        Api.Answer report = api.send(api.request("/attempts/" + goingKey + "/report")
                .header("Authorization", "Bearer " + SERVER.token(goingKey))
                .POST(BodyPublishers.ofByteArray(large)));
        assertThat(report.status()).isEqualTo(413);
        assertThat(report.detail()).contains("8 MiB");

        assertThat(api.post("/dags/trouble/runs", "{\"interval\":\"" + "x".repeat(2 << 20) + "\"}")
                        .status())
                .isEqualTo(413);
        Api.Answer unknownLength = api.send(api.request("/dags/trouble/runs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))));
        assertThat(unknownLength.status()).isEqualTo(413);
        Api.Answer bomb = api.send(api.request("/dags/trouble/runs")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped(large))));
        assertThat(bomb.status()).isEqualTo(413);
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(zipped)) {
            stream.write(bytes);
        }
        return zipped.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/runs/{}",
                "/runs/{}/events",
                "/runs/{}/steps/misbehave",
                "/runs/{}/steps/misbehave/attempts/1/log",
                "/runs/RUN/steps/{}",
                "/runs/RUN/steps/{}/attempts/1/log",
                "/runs/RUN/steps/misbehave/attempts/{}/log",
                "/runs/RUN/steps/misbehave/attempts/1/log?offset={}",
                "/runs/RUN/steps/misbehave/attempts/1/log?limit={}",
                "/runs/RUN/events?after={}",
                "/runs/RUN/events?limit={}",
                "/runs?dag={}",
                "/runs?state={}",
                "/runs?after={}",
                "/runs?limit={}",
                "/dags/{}",
                "/datasets/{}/result",
                "/datasets/trouble/{}",
                "/models/{}",
                "/lineage?node={}",
                "/lineage?node=dataset:{}",
                "/lineage?node=model:{}",
                "/lineage?node=step:{}",
                "/lineage?node=trouble/result@{}",
                "/lineage?node=result&direction={}",
                "/lineage?node=result&limit={}",
                "/metrics?dag={}",
                "/metrics?run={}",
                "/metrics?step={}",
                "/metrics?model={}",
                "/metrics?name={}",
                "/metrics?slices={}",
                "/metrics?after={}",
                "/metrics?limit={}",
                "/alerts?open={}"
            })
    void oddValuesAreTheAskersMistake(String template) {
        for (String odd : List.of(
                "%00",
                "a%00b",
                "x".repeat(10_000),
                "-1",
                "99999999999999999999",
                "1e9",
                "%27%22;--",
                "%F0%9F%98%80",
                "..",
                "%20",
                "",
                "NaN",
                "%25",
                "A",
                "a@",
                "@",
                "/",
                "a/b/c",
                "%0D%0AX:%20y",
                "9223372036854775807")) {
            RawHttp.Answer answer =
                    raw.get("/api/v1" + template.replace("RUN", going).replace("{}", odd), own());
            assertThat(answer.status())
                    .as(template + " with " + odd + ": " + answer.body())
                    .isIn(200, 400, 404, 414, 431);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"parameters\":{\"how\":\"a\\u0000b\"}}",
                "{\"parameters\":{\"how\\u0000\":\"b\"}}",
                "{\"parameters\":{\"unknown\":\"b\"}}",
                "{\"parameters\":[]}",
                "{\"parameters\":\"x\"}",
                "{\"interval\":\"\\u0000\"}",
                "{\"interval\":\"+999999999-12-31\"}",
                "{\"interval\":17}",
                "{\"interval\":null,\"interval\":\"2001-01-01\",\"x\":1}",
                "[]",
                "null",
                "17",
                "",
                "{",
                "\u0000"
            })
    void oddBodiesAreTheAskersMistake(String body) {
        Api.Answer answer = SERVER.api().post("/dags/trouble/runs", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.detail()).isNotBlank();
        for (String path : List.of(
                "/runs/" + going + "/cancel", "/runs/" + going + "/rerun", "/alerts/1/resolve", "/models/m/champion")) {
            assertThat(SERVER.api().post(path, body).status()).as(path).isIn(400, 404, 409);
        }
    }

    @Test
    void deepJsonIsRefused() {
        String deep = "{\"parameters\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        assertThat(SERVER.api().post("/dags/trouble/runs", deep).status()).isEqualTo(400);
    }

    @Test
    void secretsStayWithTheirOwner() throws IOException {
        java.nio.file.Path secret = SERVER.home().resolve("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        String log = Files.readString(SERVER.home().resolve("logs/server.log"));
        assertThat(log)
                .doesNotContain(SERVER.token(goingKey), Files.readString(secret).strip());
        assertThat(ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream()))
                .noneMatch(line -> line.contains(SERVER.token(goingKey)));
    }

    @Test
    void operatorsSeeHealthAndNumbers() {
        RawHttp.Answer health = raw.get("/admin/healthcheck", own());
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body()).contains("\"database\"", "\"loops\"");
        RawHttp.Answer numbers = raw.get("/metrics", own());
        assertThat(numbers.status()).isEqualTo(200);
        assertThat(numbers.body())
                .contains(
                        "tidegate_engine_runs 1.0",
                        "tidegate_database_oldest_snapshot_seconds ",
                        "tidegate_loop_silence_seconds{loop=\"commit\"}",
                        "tidegate_outbox_oldest_due_seconds{topic=\"alert\"} 0.0")
                .contains("io_dropwizard_jetty");
    }
}
