package io.tidegate.server.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.server.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in a real database. */
final class SqlProbeTest {
    @TempDir
    private static Path folder;

    private static EmbeddedDatabase database;
    private static SqlProbe probe;

    @BeforeAll
    static void start() throws SQLException {
        database = EmbeddedDatabase.start(folder.resolve("postgres"));
        probe = new SqlProbe(
                Map.of("warehouse", new SqlProbe.Database(database.jdbcUrl(), Optional.empty(), Optional::empty)));
        execute("CREATE TABLE loads (day date, files integer)");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
            connection.createStatement().execute(sql);
        }
    }

    private static SqlProbe.Sighting look(String query, String values) throws IOException {
        return probe.look(
                Map.of(
                        Conditions.CONNECTION, "warehouse",
                        Conditions.QUERY, query,
                        Conditions.VALUES, values),
                Instant.EPOCH);
    }

    @Test
    void aRowIsThereOnceSomebodyHasWrittenIt() throws Exception {
        String query = "select files from loads where day = ? and files >= ?";
        assertThat(look(query, "[\"2001-01-02\",\"3\"]").met()).isFalse();
        execute("INSERT INTO loads VALUES ('2001-01-02', 3)");
        assertThat(look(query, "[\"2001-01-02\",\"3\"]"))
                .isEqualTo(new SqlProbe.Sighting(true, "the query gives a row"));
        assertThat(look(query, "[\"2001-01-02\",\"4\"]")).isEqualTo(new SqlProbe.Sighting(false, "no row yet"));
    }

    @Test
    void aQueryCannotWriteWhateverItSays() throws Exception {
        assertThatThrownBy(() -> look("with gone as (delete from loads returning day) select day from gone", "[]"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("read-only");
        assertThatThrownBy(() -> look("select 1; commit; delete from loads", "[]"))
                .hasMessage("a query is one statement, without ';'");
    }
}
