package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a schedule will do, without a server; {@link CommandsTest} asks one. */
final class ScheduleCommandTest {
    @TempDir
    private Path folder;

    private Command on(String... arguments) {
        return Command.on(folder, Tidegate::run, arguments);
    }

    @Test
    void aCronExpressionTellsItsFiresAndIntervals() throws IOException {
        Command command = on(
                "schedule",
                "30 2 * * *",
                "--zone",
                "America/New_York",
                "--from",
                "2001-03-31",
                "--to",
                "2001-04-02",
                "--json");
        assertThat(command.code()).as(command.err()).isZero();
        JsonNode fires = new ObjectMapper().readTree(command.out());
        assertThat(fires).hasSize(3);
        assertThat(fires.get(1).path("fire").asText()).isEqualTo("2001-04-01T03:00:00-04:00");
        assertThat(fires.get(1).path("interval_start").asText()).isEqualTo("2001-03-31T02:30:00-05:00");
        assertThat(fires.get(1).path("interval_end").asText()).isEqualTo("2001-04-01T03:00:00-04:00");
        assertThat(fires.get(2).path("fire").asText()).isEqualTo("2001-04-02T02:30:00-04:00");
    }

    @Test
    void peopleSeeWhereTheClockChanges() {
        Command command =
                on("schedule", "0 0 * * *", "--zone", "Europe/Berlin", "--from", "2001-03-25", "--limit", "3");
        assertThat(command.out())
                .contains("0 0 * * *", "Europe/Berlin", "DUE", "Mon 2001-03-26 00:00 +02:00", "23 h 00 min")
                .contains("clock put forward", "and so on");
        assertThat(on("schedule", "0 0 29 2 *", "--from", "2001-01-01", "--to", "2001-12-31")
                        .out())
                .contains("no run is due in this time");
    }

    @Test
    void everyFireOfTenYearsIsThere() throws IOException {
        Command command = on("schedule", "@daily", "--from", "2001-01-01", "--to", "2010-12-31", "--json");
        JsonNode fires = new ObjectMapper().readTree(command.out());
        assertThat(fires).hasSize(3652);
        List<OffsetDateTime> starts = new ArrayList<>();
        fires.forEach(fire ->
                starts.add(OffsetDateTime.parse(fire.path("interval_start").asText())));
        assertThat(starts).isSorted();
    }

    @Test
    void aFileTellsItsOwnScheduleInItsOwnZone() throws IOException {
        Path file = Files.writeString(folder.resolve("holidays.dag.yaml"), """
                dag: holidays
                schedule: { cron: "0 18 * * MON-FRI", zone: America/New_York, start: 2001-12-20, exclude: [2001-12-24..2001-12-25] }
                steps:
                  hello: { kind: task, command: [echo, hello] }
                """);
        Command command = on("schedule", file.toString(), "--from", "2001-12-21", "--to", "2001-12-26");
        assertThat(command.out())
                .contains("Fri 2001-12-21 18:00 -05:00", "Wed 2001-12-26 18:00 -05:00", "120 h 00 min")
                .doesNotContain("Mon 2001-12-24");
        assertThat(on("schedule", file.toString(), "--zone", "UTC").err()).contains("--zone is for a cron expression");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            61 * * * *  |                     | Value 61 not in range
            @dayly      |                     | did you mean '@daily'?
            @daily      | --zone=New York     | did you mean 'America/New_York'?
            @daily      | --from=tomorrow     | --from must be a day such as 2001-03-05
            @daily      | --to=2001-01-01     | --to is not after --from
            @daily      | --limit=0           | --limit must be between 1 and 10000
            """)
    void whatIsWrongIsSaid(String cron, String option, String message) {
        List<String> arguments = new ArrayList<>(List.of("schedule", cron));
        if (option != null) {
            arguments.add(option);
        }
        Command command = on(arguments.toArray(String[]::new));
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.err()).contains(message).doesNotContain("Exception");
    }
}
