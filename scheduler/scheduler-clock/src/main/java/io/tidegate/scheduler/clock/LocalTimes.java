package io.tidegate.scheduler.clock;

import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import java.time.LocalDateTime;
import java.util.Optional;

/** The local times that divide a schedule's intervals, on a calendar whose clock never changes. Implementations are immutable. */
interface LocalTimes {
    /** The first time after the given one; empty when there is none. */
    Optional<LocalDateTime> after(LocalDateTime time);

    /** The last time before the given one; empty when there is none. */
    Optional<LocalDateTime> before(LocalDateTime time);

    /** @throws IllegalArgumentException when a cron expression cannot be read; the message is cron-utils' own */
    static LocalTimes of(Schedule schedule) {
        Calendar calendar = schedule.calendar();
        LocalDateTime beginning = calendar.start().atStartOfDay();
        LocalTimes times = of(schedule.timing(), beginning);
        return calendar.excluded().isEmpty() ? times : new WorkingDayTimes(times, calendar.excluded());
    }

    private static LocalTimes of(Timing timing, LocalDateTime beginning) {
        if (timing instanceof Timing.Cron cron) {
            return CronTimes.of(cron.expression());
        }
        if (timing instanceof Timing.Every every) {
            return new EvenTimes(beginning, every.period());
        }
        return NamedTimes.of(beginning, ((Timing.Dates) timing).times());
    }
}
