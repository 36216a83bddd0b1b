package io.tidegate.server.runtime;

import io.tidegate.scheduler.clock.QuartzWakeUps;
import io.tidegate.scheduler.clock.ScheduleTimes;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.schedule.SchedulePlanner;
import io.tidegate.scheduler.trigger.OverlapRule;
import io.tidegate.scheduler.trigger.RunIds;
import io.tidegate.scheduler.trigger.ScheduleService;
import io.tidegate.scheduler.trigger.TriggerService;
import io.tidegate.store.PostgresStores;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What makes runs.
 *
 * @param times intervals of schedules
 * @param triggers makes runs
 * @param schedules makes the runs that are due
 * @param alarm says when to look
 */
record Scheduling(LogicalTimes times, TriggerService triggers, ScheduleService schedules, QuartzWakeUps alarm)
        implements AutoCloseable {

    static Scheduling of(PostgresStores stores, Definitions definitions, InstantSource clock) {
        LogicalTimes times = new ScheduleTimes();
        TriggerService triggers = new TriggerService(
                stores.runs(), definitions.current(), times, clock, new RunIds(clock, new SecureRandom()));
        QuartzWakeUps alarm = QuartzWakeUps.create(clock);
        ScheduleService schedules = new ScheduleService(
                new ScheduleService.Collaborators(
                        definitions.current(),
                        stores.dags(),
                        triggers,
                        new OverlapRule(stores.runQueries(), stores.commands()),
                        times),
                alarm,
                clock,
                SchedulePlanner.Limits.DEFAULT);
        return new Scheduling(times, triggers, schedules, alarm);
    }

    void start() {
        alarm.start(schedules);
        schedules.wakeAll();
    }

    @Override
    public void close() {
        alarm.close();
    }
}
