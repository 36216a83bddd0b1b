package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import io.tidegate.scheduler.clock.ScheduleTimes;
import io.tidegate.scheduler.view.DagViews.FireView;
import io.tidegate.scheduler.view.DagViews.Fires;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/** What schedules do, in the form in which a server tells it, computed without one. */
final class LocalSchedules {
    /** An interval of four years may end with the first run that is shown; leap days and their gap of eight years. */
    private static final int YEARS_BEFORE = 10;

    private static final int PAGE = 500;

    private LocalSchedules() {}

    /** A part of the answer, from an instant on. */
    @FunctionalInterface
    interface Pages {
        /** @param from absent for the first page */
        JsonNode page(Optional<Instant> from, int limit);
    }

    static JsonNode ofCron(String expression, ZoneId zone, TimeSpan span, int limit) {
        Calendar calendar =
                Calendar.of(zone, span.from().atZone(zone).toLocalDate().minusYears(YEARS_BEFORE), Optional.empty());
        Schedule schedule = new Schedule(new Timing.Cron(expression), calendar, Catchup.NONE, Overlap.QUEUED);
        return fires(schedule, span, limit);
    }

    static JsonNode ofFile(Path file, ParserLimits limits, Function<ZoneId, TimeSpan> span, int limit) {
        ParseResult result = DagParser.parse(file, limits);
        Schedule schedule = result.graph()
                .orElseThrow(() -> new CommandException(
                        ExitCodes.FAILED, file + " is not a sound DAG file; see: tidegate validate " + file))
                .definition()
                .schedule()
                .orElseThrow(() -> new CommandException(ExitCodes.FAILED, "the DAG of " + file + " has no schedule"));
        return fires(schedule, span.apply(schedule.calendar().zone()), limit);
    }

    private static JsonNode fires(Schedule schedule, TimeSpan span, int limit) {
        Fires fires = Fires.of(schedule, new ScheduleTimes(), span.from(), span.until(), limit);
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("schedule", fires.schedule())
                .put("zone", fires.zone());
        fires.data().ifPresent(data -> answer.put("data", data));
        ArrayNode list = answer.putArray("fires");
        for (FireView fire : fires.fires()) {
            list.addObject()
                    .put("fire", text(fire.fire()))
                    .put("interval_start", text(fire.intervalStart()))
                    .put("interval_end", text(fire.intervalEnd()))
                    .put("partition", fire.partition());
        }
        return answer.put("more", fires.more());
    }

    private static String text(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    /** As many fires as are wanted, asked for page by page. */
    static JsonNode pages(int limit, Pages source) {
        ObjectNode all = (ObjectNode) source.page(Optional.empty(), Math.min(PAGE, limit));
        ArrayNode fires = (ArrayNode) all.path("fires");
        while (all.path("more").asBoolean() && fires.size() < limit) {
            Instant last = OffsetDateTime.parse(
                            fires.get(fires.size() - 1).path("fire").asText())
                    .toInstant();
            JsonNode page = source.page(Optional.of(last.plusMillis(1)), Math.min(PAGE, limit - fires.size()));
            page.path("fires").forEach(fires::add);
            all.set("more", page.path("more"));
        }
        return all;
    }
}
