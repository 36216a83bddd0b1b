package io.tidegate.server.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sensors that wait for answers, runs and times, in a whole server that lets one attempt work at a time. */
final class AwaitedTest {
    private static final HttpServer PARTNER = partner();
    private static final String ADDRESS =
            "http://127.0.0.1:" + PARTNER.getAddress().getPort();
    private static volatile String state = "{\"state\":\"loading\"}";

    @RegisterExtension
    static final TestServer SERVER =
            TestServer.with().configuredWithDatabase(database -> """
            execution: { attempts_at_once: 1 }
            sensors:
              http_allowed: ["%s/ready"]
              databases: { orders: { url: "%s" } }
            """.formatted(ADDRESS, database));

    private static HttpServer partner() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/ready", exchange -> {
                byte[] body = state.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    @AfterAll
    static void end() {
        PARTNER.stop(0);
    }

    private static void declare(String dag, String schedule, String sensor) {
        SERVER.declare(dag, """
                dag: %s
                %s
                steps:
                  ready: { kind: sensor, %s, poke: 1s, timeout: 5m }
                  other: { kind: task, command: [echo, meanwhile] }
                """.formatted(dag, schedule, sensor));
    }

    private static String reason(String run) {
        return SERVER.api().step(run, "ready").at("/step/reason").asText();
    }

    @Test
    void anAnswerIsWaitedForOverARestart() throws Exception {
        declare("partner", "", "http: { url: \"" + ADDRESS + "/ready/today\", condition: body.state == 'done' }");
        String run = SERVER.api().run("partner", "{}");
        SERVER.api().awaitStep(run, "other", "succeeded");
        Waiting.until(
                () -> reason(run).equals("waits for " + ADDRESS + "/ready/today: body.state == 'done' does not hold"));
        SERVER.stop();
        SERVER.start();
        state = "{\"state\":\"done\"}";
        assertThat(SERVER.api().ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(SERVER.api().step(run, "ready").path("attempts")).hasSize(1);
        assertThat(SERVER.api().log(run, "ready", 1)).contains("there, body.state == 'done' holds");
    }

    @Test
    void addressesThatTheConfigurationDoesNotAllowAreNotAsked() {
        declare("curious", "", "http: { url: \"" + ADDRESS + "/admin\" }");
        assertThat(message("curious"))
                .isEqualTo("this server does not ask " + ADDRESS
                        + "/admin: its configuration must allow the address, in sensors.http_allowed");
        declare("unknown", "", "sql: { connection: warehouse, query: select 1 }");
        assertThat(message("unknown"))
                .isEqualTo("the configuration of this server has no database 'warehouse' in sensors.databases");
    }

    private static String message(String dag) {
        String run = SERVER.api().run(dag, "{}");
        SERVER.api().ended(run);
        return SERVER.api().step(run, "ready").at("/attempts/0/message").asText();
    }

    @Test
    void theRunOfAnotherDagForTheIntervalIsWaitedFor() {
        String daily = "schedule: { cron: \"0 0 * * *\", zone: UTC, start: 2001-01-01, end: 2001-01-03 }";
        SERVER.declare("first", "dag: first\n" + daily + "\nsteps: { a: { kind: task, command: [echo] } }\n");
        declare("second", daily, "run_of: first");
        String run = SERVER.api().run("second", "{\"interval\":\"2001-01-01\"}");
        Waiting.until(() -> reason(run).equals("waits for the run of first for 2001-01-01: there is none yet"));
        SERVER.api().run("first", "{\"interval\":\"2001-01-02\"}");
        SERVER.api().ended(SERVER.api().run("first", "{\"interval\":\"2001-01-01\"}"));
        assertThat(SERVER.api().ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
    }

    @Test
    void aRowIsWaitedForByTheIntervalsDay() throws SQLException {
        execute("CREATE TABLE loads (day date, files integer)");
        declare(
                "rows",
                "schedule: { cron: \"0 0 * * *\", zone: UTC, start: 2001-01-01, end: 2001-01-03 }",
                "sql: { connection: orders, query: select 1 from loads where day = cast(? as date),"
                        + " values: [\"{{ interval.start.date }}\"] }");
        String run = SERVER.api().run("rows", "{\"interval\":\"2001-01-02\"}");
        execute("INSERT INTO loads VALUES ('2001-01-01', 3)");
        Waiting.until(() -> reason(run).equals("waits for a row in orders: no row yet"));

        execute("INSERT INTO loads VALUES ('2001-01-02', 4)");

        assertThat(SERVER.api().ended(run).at("/summary/state").asText()).isEqualTo("succeeded");
        assertThat(SERVER.api().log(run, "ready", 1)).contains("there, the query gives a row");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SERVER.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aTimeOfDayIsWaitedForInTheZoneOfTheSchedule() {
        // It is about noon there, so that six in the evening is still to come and six in the morning has passed.
        int ahead = 12 - Instant.now().atZone(ZoneOffset.UTC).getHour();
        ZoneId zone = ZoneId.of("Etc/GMT%+d".formatted(-ahead));
        LocalDate today = LocalDate.ofInstant(Instant.now(), zone);
        String daily = "schedule: { cron: \"0 0 * * *\", zone: \"" + zone + "\", start: " + today.minusDays(3) + " }";
        String yesterday = "{\"interval\":\"" + today.minusDays(1) + "\"}";
        declare("morning", daily, "until: \"06:00\"");
        declare("evening", daily, "until: \"18:00\"");

        String passed = SERVER.api().run("morning", yesterday);
        assertThat(SERVER.api().ended(passed).at("/summary/state").asText()).isEqualTo("succeeded");

        String run = SERVER.api().run("evening", yesterday);
        Instant evening = today.atTime(18, 0).atZone(zone).toInstant();
        Waiting.until(() -> reason(run).equals("waits for " + evening + ": it is not time yet"));
        SERVER.api().post("/runs/" + run + "/cancel", "{}");
        SERVER.api().ended(run);
    }

    @Test
    void aTimeIsWaitedFor() {
        declare("later", "", "until: 2s");
        String run = SERVER.api().run("later", "{}");
        SERVER.api().ended(run);
        Instant made = Instant.parse(SERVER.api()
                .get("/runs/" + run)
                .body()
                .at("/summary/created_at")
                .asText());
        Instant begun = Instant.parse(
                SERVER.api().step(run, "ready").at("/step/finished_at").asText());
        assertThat(begun).isAfterOrEqualTo(made.plusSeconds(2));
    }
}
