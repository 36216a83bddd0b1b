package io.tidegate.server.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.Awaited;
import io.tidegate.dag.step.Work;
import io.tidegate.executor.Workload;
import io.tidegate.scheduler.run.Run;
import io.tidegate.server.sensor.Conditions;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns what a sensor waits for into what is looked for, with every name filled in. */
final class AwaitedWorkloads {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AwaitedWorkloads() {}

    static Workload of(Work.Wait wait, Run run, StepTemplates templates) {
        Awaited what = wait.what();
        if (what instanceof Awaited.SqlRow row) {
            return awaited(
                    Conditions.SQL,
                    "a row in " + row.connection(),
                    Map.of(
                            Conditions.CONNECTION,
                            row.connection(),
                            Conditions.QUERY,
                            row.query(),
                            Conditions.VALUES,
                            json(row.values().stream().map(templates::render).toList())),
                    wait);
        }
        if (what instanceof Awaited.HttpAnswer answer) {
            return http(answer, templates.render(answer.url()), wait);
        }
        if (what instanceof Awaited.DagInterval of) {
            DataInterval interval = run.interval()
                    .orElseThrow(() -> new IllegalArgumentException("the run has no interval to wait for"));
            return awaited(
                    Conditions.DAG,
                    "the run of " + of.dag() + " for " + interval.partition(),
                    Map.of(
                            Conditions.DAG,
                            of.dag().value(),
                            Conditions.INTERVAL_START,
                            interval.start().toString()),
                    wait);
        }
        Instant at = what instanceof Awaited.TimeOfDay until
                ? first(until.time(), run)
                : run.interval()
                        .map(DataInterval::end)
                        .orElse(run.progress().createdAt())
                        .plus(((Awaited.Delay) what).delay());
        return awaited(Conditions.TIME, at.toString(), Map.of(Conditions.AT, at.toString()), wait);
    }

    private static Workload http(Awaited.HttpAnswer answer, String url, Work.Wait wait) {
        Map<String, String> condition = new HashMap<>();
        condition.put(Conditions.URL, url);
        condition.put(Conditions.STATUS, Integer.toString(answer.status()));
        answer.condition().ifPresent(text -> condition.put(Conditions.CONDITION, text));
        return awaited(Conditions.HTTP, url, condition, wait);
    }

    private static Workload awaited(String what, String subject, Map<String, String> condition, Work.Wait wait) {
        return new Workload.Awaited(what, subject, condition, wait.poke());
    }

    private static Instant first(LocalTime time, Run run) {
        ZonedDateTime end = run.interval()
                .orElseThrow(() -> new IllegalArgumentException("the run has no interval that says in which zone"))
                .zonedEnd();
        ZonedDateTime sameDay = end.toLocalDate().atTime(time).atZone(end.getZone());
        return (sameDay.isBefore(end) ? sameDay.plusDays(1) : sameDay).toInstant();
    }

    private static String json(List<String> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a list of texts is always JSON", impossible);
        }
    }
}
