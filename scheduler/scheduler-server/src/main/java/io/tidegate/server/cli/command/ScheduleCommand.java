package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.dag.parser.text.Crons;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.parser.text.Zones;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a schedule will do, before anybody relies on it. */
@Command(
        name = "schedule",
        description = "Show when a schedule makes runs, and for which data intervals.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A time that the clock leaves out is taken at the first instant after the gap, a time that comes twice",
            "counts once, the first time.",
            "",
            "  tidegate schedule \"30 2 * * *\" --zone America/New_York --from 2001-04-01 --to 2001-04-02",
            "  tidegate schedule @daily --zone Europe/Berlin",
            "  tidegate schedule dags/late-arrivals.dag.yaml --from 2001-01-01 --to 2001-02-28",
            "  tidegate schedule late-arrivals"
        })
public final class ScheduleCommand implements Callable<Integer> {
    private static final int USUAL = 10;
    private static final int MOST = 10_000;

    @Mixin
    private ServerOptions server;

    @Mixin
    private LimitsOption limits;

    @Parameters(
            paramLabel = "CRON|FILE|DAG",
            description = "A cron expression in quotes, the path of a DAG file, or the name of a DAG of the server.")
    private String what;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The zone in which a cron expression is read (default: UTC). A DAG has its own.")
    private Optional<String> zone = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "The first day, or time, at which a run may be due (default: now).")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "The last day on which a run may be due, or the time before which it is.")
    private Optional<String> to = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many (default: 10, or all of them with --to; at most 10,000).")
    private Optional<Integer> limit = Optional.empty();

    @Override
    public Integer call() {
        int most = limit.orElse(to.isPresent() ? MOST : USUAL);
        if (most < 1 || most > MOST) {
            throw new CommandException(ExitCodes.USAGE, "--limit must be between 1 and " + MOST + ", not " + most);
        }
        if (limits.isGiven() && !isFile()) {
            throw new CommandException(ExitCodes.USAGE, "--config is for files");
        }
        JsonNode fires = isCron() ? ofCron(most) : isFile() ? ofFile(most) : ofServer(most);
        if (server.json()) {
            server.print(fires.path("fires"));
        } else {
            show(fires);
        }
        return ExitCodes.DONE;
    }

    private boolean isCron() {
        return what.startsWith("@") || what.strip().contains(" ");
    }

    private boolean isFile() {
        try {
            return Files.isRegularFile(Path.of(what));
        } catch (InvalidPathException notOne) {
            return false;
        }
    }

    private JsonNode ofCron(int most) {
        try {
            ZoneId read = zone.isPresent() ? Zones.read(zone.get()) : ZoneOffset.UTC;
            TimeSpan span = TimeSpan.of(from, to, read, InstantSource.system());
            return LocalSchedules.ofCron(Crons.read(what), read, span, most);
        } catch (TextException wrong) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    wrong.getMessage()
                            + wrong.suggestion().map(text -> "; " + text).orElse(""));
        }
    }

    private JsonNode ofFile(int most) {
        refuseZone();
        return LocalSchedules.ofFile(
                Path.of(what), limits.limits(), own -> TimeSpan.of(from, to, own, InstantSource.system()), most);
    }

    private JsonNode ofServer(int most) {
        refuseZone();
        ApiClient client = server.client();
        String path = "/dags/" + ApiClient.encoded(what) + "/schedule";
        // Days are days of the DAG's zone, which only the server knows.
        JsonNode first = client.get(path, Map.of("limit", "1"));
        TimeSpan span = TimeSpan.of(from, to, ZoneId.of(first.path("zone").asText()), InstantSource.system());
        return LocalSchedules.pages(most, (start, count) -> {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("from", start.orElse(span.from()).atOffset(ZoneOffset.UTC).toString());
            query.put("to", span.until().atOffset(ZoneOffset.UTC).toString());
            query.put("limit", String.valueOf(count));
            return client.get(path, query);
        });
    }

    private void refuseZone() {
        if (zone.isPresent()) {
            throw new CommandException(
                    ExitCodes.USAGE, "--zone is for a cron expression; " + what + " says its own zone");
        }
    }

    private void show(JsonNode fires) {
        server.say("@|bold " + Words.clean(fires.path("schedule").asText()) + "|@  "
                + fires.path("zone").asText());
        if (fires.has("data")) {
            server.say("each interval when its data is there: " + Words.text(fires, "data"));
        }
        for (JsonNode waiting : fires.path("waiting")) {
            server.say("  " + Words.text(waiting, "partition") + " waits for "
                    + String.join(
                            ", ",
                            waiting.path("missing")
                                    .valueStream()
                                    .map(JsonNode::asText)
                                    .toList()));
        }
        server.say("");
        TextTable table = new TextTable("DUE", "FROM", "TO", "LASTS", "");
        for (JsonNode fire : fires.path("fires")) {
            OffsetDateTime start = time(fire, "interval_start");
            OffsetDateTime end = time(fire, "interval_end");
            table.row(
                    Words.zoned(time(fire, "fire")),
                    Words.zoned(start),
                    Words.zoned(end),
                    Words.duration(java.time.Duration.between(start, end)),
                    clockChange(start, end));
        }
        server.print(table);
        if (fires.path("fires").isEmpty()) {
            server.say("no run is due in this time");
        } else if (fires.path("more").asBoolean()) {
            server.say("… and so on; --limit and --to show more");
        }
    }

    private static String clockChange(OffsetDateTime start, OffsetDateTime end) {
        int change = end.getOffset().compareTo(start.getOffset());
        if (change == 0) {
            return "";
        }
        return "@|yellow " + (change < 0 ? "clock put forward" : "clock put back") + "|@";
    }

    private static OffsetDateTime time(JsonNode fire, String field) {
        return OffsetDateTime.parse(fire.path(field).asText());
    }
}
