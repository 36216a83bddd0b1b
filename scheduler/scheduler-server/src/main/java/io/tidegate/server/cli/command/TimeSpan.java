package io.tidegate.server.cli.command;

import io.tidegate.scheduler.view.DagViews.Fires;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A stretch of time as people name it: by days, by times of a zone, or by times with an offset.
 *
 * @param from inclusive
 * @param until exclusive
 */
record TimeSpan(Instant from, Instant until) {
    private static final int DAY = "2001-01-31".length();

    /**
     * @param from first day or time; now when absent
     * @param to last day, which is inside, or the time at which it ends; for ever when absent
     */
    static TimeSpan of(Optional<String> from, Optional<String> to, ZoneId zone, InstantSource clock) {
        Instant first = from.map(text -> instant("--from", text, zone, 0)).orElseGet(clock::instant);
        Instant end = to.map(text -> instant("--to", text, zone, 1)).orElse(Fires.END_OF_TIME);
        if (!end.isAfter(first)) {
            throw new CommandException(ExitCodes.USAGE, "--to is not after --from");
        }
        return new TimeSpan(first, end);
    }

    private static Instant instant(String option, String text, ZoneId zone, int daysAfter) {
        try {
            Instant instant = text.length() <= DAY
                    ? LocalDate.parse(text)
                            .plusDays(daysAfter)
                            .atStartOfDay(zone)
                            .toInstant()
                    : time(text, zone);
            if (instant.isBefore(Fires.BEGINNING_OF_TIME) || instant.isAfter(Fires.END_OF_TIME)) {
                throw new DateTimeException("year out of range");
            }
            return instant;
        } catch (DateTimeException notOne) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    option + " must be a day such as 2001-03-05 or a time such as 2001-03-05T06:30, not '" + text
                            + "'");
        }
    }

    private static Instant time(String text, ZoneId zone) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException withoutOffset) {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        }
    }
}
