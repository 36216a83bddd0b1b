package io.tidegate.server.runtime;

import io.tidegate.scheduler.clock.QuartzWakeUps;
import io.tidegate.scheduler.clock.ScheduleTimes;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.schedule.SchedulePlanner;
import io.tidegate.scheduler.store.SubRunStore;
import io.tidegate.scheduler.trigger.BackfillService;
import io.tidegate.scheduler.trigger.CatchUpGuard;
import io.tidegate.scheduler.trigger.OverlapRule;
import io.tidegate.scheduler.trigger.RunIds;
import io.tidegate.scheduler.trigger.ScheduleService;
import io.tidegate.scheduler.trigger.SubRunService;
import io.tidegate.scheduler.trigger.TriggerService;
import io.tidegate.server.settings.BackfillSection;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.store.PostgresStores;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What makes runs.
 *
 * @param times intervals of schedules
 * @param triggers makes runs
 * @param schedules makes the runs that are due
 * @param backfills makes the runs that backfills ask for
 * @param alarm says when to look
 */
record Scheduling(
        LogicalTimes times,
        TriggerService triggers,
        ScheduleService schedules,
        BackfillService backfills,
        QuartzWakeUps alarm)
        implements AutoCloseable {

    static Scheduling of(PostgresStores stores, Definitions definitions, ConfigurationFile file, InstantSource clock) {
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
                        new CatchUpGuard(stores.runQueries()),
                        stores.arrivals(),
                        times),
                alarm,
                clock,
                SchedulePlanner.Limits.DEFAULT);
        BackfillService backfills = new BackfillService(
                new BackfillService.Collaborators(
                        definitions.current(),
                        stores.backfills(),
                        stores.runQueries(),
                        stores.commands(),
                        triggers,
                        times,
                        version -> definitions.stored().require(version).graph()),
                clock,
                file.backfill().flatMap(BackfillSection::mostIntervals).orElse(BackfillSection.USUAL_MOST_INTERVALS));
        return new Scheduling(times, triggers, schedules, backfills, alarm);
    }

    /** What makes the runs that steps ask for. */
    SubRunService subRuns(SubRunStore store) {
        return new SubRunService(store, triggers, times);
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
