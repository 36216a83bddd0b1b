package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.server.database.DatabaseException;
import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.home.HomeFolderException;
import io.tidegate.server.http.LoopbackPort;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.settings.SettingsException;
import io.tidegate.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a server from starting, and what does not: each is told in one message. */
final class BadStartTest {
    @TempDir
    static Path folder;

    private static EmbeddedDatabase postgres;

    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void startPostgres() {
        postgres = EmbeddedDatabase.start(folder.resolve("postgres"));
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    private static ServerSettings settings(Path home, Optional<String> databaseUrl, int port, String configuration)
            throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "tidegate", ".yaml"), configuration);
        return new ServerSettings(
                home, databaseUrl, port, List.of(), ConfigurationFile.read(file), TestServer.installation());
    }

    private TidegateServer start(Path home, String databaseUrl, int port) throws Exception {
        return TidegateServer.start(settings(home, Optional.of(databaseUrl), port, ""), said::add);
    }

    private static String database(String name) throws SQLException {
        execute(postgres.jdbcUrl(), "CREATE DATABASE " + name);
        return postgres.jdbcUrl().replace("/postgres?", "/" + name + "?");
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aTakenPortIsPassedOverAloud() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.ADDRESS));
                TidegateServer server = start(folder.resolve("port"), database("port"), taken.getLocalPort())) {
            int port = Integer.parseInt(server.address().replaceAll(".*:", ""));
            assertThat(port).isGreaterThan(taken.getLocalPort());
            assertThat(said)
                    .contains("port " + taken.getLocalPort() + " is taken, so the dashboard is on port " + port);
        }
    }

    @Test
    void twoServersThatStartTogetherTakeTwoPorts() {
        try (LoopbackPort first = LoopbackPort.hold(0);
                LoopbackPort second = LoopbackPort.hold(first.number())) {
            assertThat(second.number()).isGreaterThan(first.number());
        }
        assertThatThrownBy(() -> LoopbackPort.hold(70_000))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("there is no port 70000");
    }

    @Test
    void aDatabaseOfOnesOwnIsUsedAndANewerOneIsLeftAlone() throws Exception {
        String url = database("newer");
        Path home = folder.resolve("newer");
        try (TidegateServer server = start(home, url, 0)) {
            assertThat(said.get(0)).startsWith("database:  PostgreSQL at postgresql://localhost");
            assertThat(server.home().resolve("postgres")).doesNotExist();
        }
        execute(
                url,
                "INSERT INTO flyway_schema_history SELECT installed_rank + 100, '999', 'from the future', type, 'V999__future.sql', 1, "
                        + "installed_by, installed_on, 1, true FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
        execute(url, "UPDATE installation SET oldest_schema = 999");

        assertThatThrownBy(() -> start(home, url, 0))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("was made by a newer Tidegate (schema 999")
                .hasMessageContaining("--database-url");
        // The home folder is free again.
        HomeFolder.open(home).close();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> start(
                        folder.resolve("nowhere"), "jdbc:postgresql://127.0.0.1:1/none?user=me&password=hunter2", 0))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("PostgreSQL at postgresql://127.0.0.1:1/none")
                .hasMessageContaining("check --database-url")
                .message()
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> start(folder.resolve("nowhere"), "mysql://localhost/x", 0))
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("--database-url must start with jdbc:postgresql:");
        assertThatThrownBy(() ->
                        start(folder.resolve("nowhere"), postgres.jdbcUrl().replace("/postgres?", "/absent?"), 0))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void dataOfANewerPostgresIsNotTouched() throws IOException {
        Path data = Files.createDirectories(folder.resolve("future/postgres/data"));
        Files.writeString(data.resolve("PG_VERSION"), "99\n");

        assertThatThrownBy(() ->
                        TidegateServer.start(settings(folder.resolve("future"), Optional.empty(), 0, ""), said::add))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("is of PostgreSQL 99, and this Tidegate brings PostgreSQL 18")
                .hasMessageContaining("--home");
        assertThat(data).isDirectoryContaining("glob:**PG_VERSION");
        assertThat(data.toFile().list()).hasSize(1);
    }

    @Test
    void aHomeInUseNamesWhoUsesIt() throws Exception {
        Path home = folder.resolve("shared");
        String url = database("shared");
        try (TidegateServer server = start(home, url, 0)) {
            assertThatThrownBy(() -> start(home, url, 0))
                    .isInstanceOf(HomeFolderException.class)
                    .hasMessageContaining("home folder " + home + " is in use by another Tidegate server (process "
                            + ProcessHandle.current().pid() + ", " + server.address() + ")")
                    .hasMessageContaining("--home");
        }
    }

    @Test
    void aHomeThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path home : List.of(Path.of("/proc/tidegate"), file, file.resolve("below"))) {
            assertThatThrownBy(() -> start(home, "jdbc:postgresql:none", 0))
                    .isInstanceOf(HomeFolderException.class)
                    .hasMessageContaining("home folder " + home)
                    .hasMessageContaining("--home");
        }
    }

    @Test
    void aWrongConfigurationFileIsToldWithItsPlace() {
        assertThatThrownBy(
                        () -> settings(folder.resolve("x"), Optional.empty(), 0, "execution:\n  attempts_at_one: 5\n"))
                .isInstanceOf(SettingsException.class)
                .hasMessageMatching(
                        "(?s).*\\.yaml:2:\\d+: there is no setting 'attempts_at_one'; known here are \\[.*attempts_at_once.*");
        assertThatThrownBy(
                        () -> settings(folder.resolve("x"), Optional.empty(), 0, "execution: { attempts_at_once: 0 }"))
                .hasMessageMatching(
                        "(?s).*\\.yaml:1:\\d+: execution.attempts_at_once must be between 1 and 1000, not 0");
        assertThatThrownBy(() -> settings(folder.resolve("x"), Optional.empty(), 0, "channels: [\n"))
                .hasMessageMatching("(?s).*\\.yaml:\\d+:\\d+: .*");
        assertThatThrownBy(() -> settings(folder.resolve("x"), Optional.empty(), 0, "execution: {}\nexecution: {}\n"))
                .hasMessageMatching("(?s).*\\.yaml:2:\\d+: .*");
        assertThatThrownBy(() -> settings(
                        folder.resolve("x"), Optional.empty(), 0, "spark: { profiles: { own: { master: yarn } } }\n"))
                .hasMessageMatching("(?s).*\\.yaml:1:\\d+: spark.profiles: 'own' is no name for a profile.*");
        assertThatThrownBy(() -> settings(
                        folder.resolve("x"),
                        Optional.empty(),
                        0,
                        "spark: { profiles: { yarn: { history_server: history } } }\n"))
                .hasMessageMatching("(?s).*\\.yaml:1:\\d+: spark.profiles: history_server must begin with .*");
        assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("absent.yaml")))
                .hasMessage("there is no configuration file " + folder.resolve("absent.yaml"));
    }

    @Test
    void wrongChannelsAreAllTold() throws Exception {
        ServerSettings wrong = settings(
                folder.resolve("channels"),
                Optional.of(database("channels")),
                0,
                "channels:\n  one: { type: pigeon }\n  two: { type: slack, url: \"ftp://x\" }\n");
        assertThatThrownBy(() -> TidegateServer.start(wrong, said::add))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("channels.one.type: 'pigeon' is none of slack, webhook, mail")
                .hasMessageContaining("channels.two.url: must begin with https:// or http://");
        HomeFolder.open(folder.resolve("channels")).close();
    }
}
