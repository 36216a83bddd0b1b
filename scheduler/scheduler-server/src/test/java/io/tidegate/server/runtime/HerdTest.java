package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.TestServer;
import io.tidegate.server.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many schedules that are overdue at once, because no server was there for hours. */
final class HerdTest {
    private static final int DAGS = 50;
    private static final int HOURS_AWAY = 6;
    private static final int QUESTIONS = 60;
    private static final double QUANTILE = 0.95;
    private static final Duration PATIENCE_OF_PEOPLE = Duration.ofMillis(500);
    private static final Instant STOPPED = Instant.parse("2001-03-05T00:30:00Z");

    @TempDir
    private Path folder;

    @Test
    void eachScheduleDoesWhatItsRuleSaysAndPeopleAreAnsweredMeanwhile() throws Exception {
        for (String rule : List.of("none", "latest", "all")) {
            declare(rule);
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"))) {
            try (TidegateServer server = server(database, STOPPED)) {
                assertThat(Api.of(server.address()).get("/dags/all-0").status()).isEqualTo(200);
            }
            assertThat(runs(database, "all") + runs(database, "latest") + runs(database, "none"))
                    .isZero();

            try (TidegateServer server = server(database, STOPPED.plus(Duration.ofHours(HOURS_AWAY)))) {
                Duration slow = slowAnswer(Api.of(server.address()));
                Waiting.until(() -> runs(database, "all") == DAGS * HOURS_AWAY && runs(database, "latest") == DAGS);
                assertThat(runs(database, "none")).isZero();
                assertThat(number(database, "SELECT count(DISTINCT (dag, interval_start)) FROM run"))
                        .as("one run for each interval")
                        .isEqualTo(DAGS * (HOURS_AWAY + 1));
                System.out.println("HerdTest: of " + QUESTIONS + " questions all but the slowest were answered in "
                        + slow.toMillis() + " ms");
                assertThat(slow).isLessThan(PATIENCE_OF_PEOPLE);
            }
        }
    }

    private void declare(String rule) throws IOException {
        for (int dag = 0; dag < DAGS; dag++) {
            String name = rule + "-" + dag;
            Files.writeString(
                    Files.createDirectories(folder.resolve("dags")).resolve(name + ".dag.yaml"),
                    """
                            dag: %s
                            schedule: { cron: "0 * * * *", zone: UTC, start: 2001-03-05, catchup: %s }
                            steps: { work: { kind: task, command: ["true"] } }
                            """.formatted(name, rule));
        }
    }

    /** A server to whom it is the instant now. */
    private TidegateServer server(EmbeddedDatabase database, Instant now) throws Exception {
        Path configuration = Files.writeString(folder.resolve("server.yaml"), "execution: { attempts_at_once: 2 }\n");
        return TidegateServer.start(
                new ServerSettings(
                        folder.resolve("home"),
                        Optional.of(database.jdbcUrl()),
                        0,
                        List.of(folder.resolve("dags")),
                        ConfigurationFile.read(configuration),
                        TestServer.installation()),
                said -> {},
                Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now)));
    }

    /** What people ask while runs are made and begin: how long the slowest answers take, but for one in twenty. */
    private static Duration slowAnswer(Api api) {
        long[] nanos = new long[QUESTIONS];
        List<String> questions = List.of("/runs?limit=25", "/dags/all-7", "/dags/all-7/schedule", "/nodes");
        for (int question = 0; question < QUESTIONS; question++) {
            long from = System.nanoTime();
            assertThat(api.get(questions.get(question % questions.size())).status())
                    .isEqualTo(200);
            nanos[question] = System.nanoTime() - from;
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[(int) (QUANTILE * (QUESTIONS - 1))]);
    }

    private static long runs(EmbeddedDatabase database, String rule) {
        return number(database, "SELECT count(*) FROM run WHERE dag LIKE '" + rule + "-%'");
    }

    private static long number(EmbeddedDatabase database, String sql) {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
