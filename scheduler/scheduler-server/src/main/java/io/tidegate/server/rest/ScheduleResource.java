package io.tidegate.server.rest;

import io.tidegate.dag.schedule.Schedule;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.trigger.CurrentDags.CurrentDag;
import io.tidegate.scheduler.trigger.ScheduleService;
import io.tidegate.scheduler.view.DagViews.Fires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.function.Function;

/** What the schedule of a DAG will do, and would have done. */
@Path("/dags/{dag}/schedule")
@Produces(MediaType.APPLICATION_JSON)
public final class ScheduleResource {
    private static final int MOST_WAITING = 5;

    private final Function<String, CurrentDag> dags;
    private final LogicalTimes times;
    private final ScheduleService schedules;
    private final InstantSource clock;

    ScheduleResource(
            Function<String, CurrentDag> dags, LogicalTimes times, ScheduleService schedules, InstantSource clock) {
        this.dags = dags;
        this.schedules = schedules;
        this.times = times;
        this.clock = clock;
    }

    /**
     * @param from first instant, with offset; now when left out
     * @param to instant before which runs come due; for ever when left out
     */
    @GET
    public Fires fires(
            @PathParam("dag") String dag,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("limit") Integer limit) {
        CurrentDag current = dags.apply(dag);
        Schedule schedule = current.outline()
                .schedule()
                .orElseThrow(() -> ProblemException.notFound("the DAG '" + dag + "' has no schedule"));
        Instant first = instant("from", from, clock.instant());
        Instant end = instant("to", to, Fires.END_OF_TIME);
        return Fires.of(schedule, times, first, end, Requests.limit(limit))
                .waitingFor(schedules.waiting(current, MOST_WAITING));
    }

    private static Instant instant(String name, String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(Fires.BEGINNING_OF_TIME) || instant.isAfter(Fires.END_OF_TIME)) {
                throw new DateTimeException("year out of range");
            }
            return instant;
        } catch (DateTimeException notOne) {
            throw ProblemException.badRequest(
                    "'" + name + "' must be a time with offset such as 2001-03-05T00:00:00Z, not '" + text + "'");
        }
    }
}
