package io.tidegate.scheduler.clock;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The times of a five-field Unix cron expression. Evaluated in a zone whose clock changes, cron-utils (like Quartz) leaves out a day whose only
 * time falls into the gap; so it is only ever asked about a calendar without changes.
 */
final class CronTimes implements LocalTimes {
    private final ExecutionTime times;

    private CronTimes(ExecutionTime times) {
        this.times = times;
    }

    /** @throws IllegalArgumentException when the expression cannot be read */
    static CronTimes of(String expression) {
        Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression);
        return new CronTimes(ExecutionTime.forCron(cron.validate()));
    }

    @Override
    public Optional<LocalDateTime> after(LocalDateTime time) {
        return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    @Override
    public Optional<LocalDateTime> before(LocalDateTime time) {
        return times.lastExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
