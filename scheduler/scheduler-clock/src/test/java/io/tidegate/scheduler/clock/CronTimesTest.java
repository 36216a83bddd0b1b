package io.tidegate.scheduler.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {
    private final CronTimes times = new CronTimes();

    @Test
    void aWeeklyScheduleHasAllItsWeeksAndNoOthers() {
        Schedule schedule = weekly();
        List<DataInterval> weeks = times.starting(schedule, Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"), 100);
        assertThat(weeks).hasSize(26);
        assertThat(weeks.get(0).partition()).isEqualTo("2001-01-01");
        assertThat(weeks.get(25).partition()).isEqualTo("2001-06-25");
        assertThat(weeks).allMatch(week -> week.startDate().getDayOfWeek() == DayOfWeek.MONDAY);
        for (int index = 1; index < weeks.size(); index++) {
            assertThat(weeks.get(index).start()).isEqualTo(weeks.get(index - 1).end());
            assertThat(times.shift(schedule, weeks.get(index), -1)).contains(weeks.get(index - 1));
            assertThat(times.shift(schedule, weeks.get(index - 1), 1)).contains(weeks.get(index));
        }
        assertThat(times.shift(schedule, weeks.get(0), -1))
                .as("before the start")
                .isEmpty();
        assertThat(times.shift(schedule, weeks.get(25), 1)).as("after the end").isEmpty();
        assertThat(times.shift(schedule, weeks.get(7), -7)).contains(weeks.get(0));
        assertThat(times.shift(schedule, weeks.get(7), 0)).contains(weeks.get(7));
    }

    @Test
    void intervalsAreFoundByDayAndByTheirEnds() {
        Schedule schedule = weekly();
        assertThat(times.startingOn(schedule, LocalDate.of(2001, 3, 5)).map(DataInterval::partition))
                .contains("2001-03-05");
        assertThat(times.startingOn(schedule, LocalDate.of(2001, 3, 6))).isEmpty();
        assertThat(times.startingOn(schedule, LocalDate.of(2001, 7, 2))).isEmpty();
        Instant firstEnd = Instant.parse("2001-01-08T05:00:00Z");
        assertThat(partition(times.nextEndingAfter(schedule, Instant.EPOCH))).isEqualTo("2001-01-01");
        assertThat(partition(times.nextEndingAfter(schedule, firstEnd.minusMillis(1))))
                .isEqualTo("2001-01-01");
        assertThat(partition(times.nextEndingAfter(schedule, firstEnd))).isEqualTo("2001-01-08");
        assertThat(times.lastEndedBy(schedule, firstEnd.minusMillis(1))).isEmpty();
        assertThat(partition(times.lastEndedBy(schedule, firstEnd))).isEqualTo("2001-01-01");
        Instant longAfter = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(partition(times.lastEndedBy(schedule, longAfter))).isEqualTo("2001-06-25");
        assertThat(times.nextEndingAfter(schedule, longAfter)).isEmpty();
    }

    @Test
    void aScheduleThatStartsBetweenTwoCronTimesBeginsWithTheNextOne() {
        Schedule schedule = schedule("0 6 * * MON", "America/New_York", "2001-01-03", Optional.empty());
        assertThat(partition(times.nextEndingAfter(schedule, Instant.EPOCH))).isEqualTo("2001-01-08T0600");
    }

    /** The clock goes from 02:00 to 03:00 (New York, Berlin) or from 02:00 to 02:30 (Lord Howe): the day's run is not left out. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, 30 2 * * *,  2001-03-31, 2001-03-31T07:30:00Z 2001-04-01T07:00:00Z 2001-04-02T06:30:00Z",
        "Europe/Berlin,    30 2 * * *,  2001-03-24, 2001-03-24T01:30:00Z 2001-03-25T01:00:00Z 2001-03-26T00:30:00Z",
        "Australia/Lord_Howe, 15 2 * * *, 2001-10-27, 2001-10-26T15:45:00Z 2001-10-27T15:30:00Z 2001-10-28T15:15:00Z",
    })
    void aTimeThatDoesNotExistIsTheFirstValidInstant(String zone, String cron, String day, String expected) {
        assertThat(starts(zone, cron, day, 3)).isEqualTo(instants(expected));
        assertThat(backwards(zone, cron, day, 3)).isEqualTo(instants(expected));
    }

    /** The clock goes from 02:00 back to 01:00 (New York), from 03:00 to 02:00 (Berlin), from 02:00 to 01:30 (Lord Howe). */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, 30 1 * * *,  2001-10-27, 2001-10-27T05:30:00Z 2001-10-28T05:30:00Z 2001-10-29T06:30:00Z",
        "Europe/Berlin,    30 2 * * *,  2001-10-27, 2001-10-27T00:30:00Z 2001-10-28T00:30:00Z 2001-10-29T01:30:00Z",
        "Australia/Lord_Howe, 45 1 * * *, 2001-03-24, 2001-03-23T14:45:00Z 2001-03-24T14:45:00Z 2001-03-25T15:15:00Z",
    })
    void aTimeThatExistsTwiceCountsOnceTheFirstTime(String zone, String cron, String day, String expected) {
        assertThat(starts(zone, cron, day, 3)).isEqualTo(instants(expected));
        assertThat(backwards(zone, cron, day, 3)).isEqualTo(instants(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC"})
    void everyIntervalOfAYearFollowsTheOneBeforeAndHasANameOfItsOwn(String zone) {
        Schedule schedule = schedule("*/30 * * * *", zone, "2001-01-01", Optional.of(LocalDate.of(2002, 1, 1)));
        List<DataInterval> year =
                times.starting(schedule, Instant.EPOCH, Instant.parse("2002-02-01T00:00:00Z"), 20_000);
        assertThat(year).hasSizeBetween(365 * 48 - 2, 365 * 48);
        assertThat(year.stream().map(DataInterval::partition).distinct()).hasSize(year.size());
        assertThat(year.stream().map(DataInterval::partition).toList()).isSorted();
        for (int index = 1; index < year.size(); index++) {
            assertThat(year.get(index).start()).isEqualTo(year.get(index - 1).end());
        }
        for (int index = 1; index < year.size(); index += 7) {
            assertThat(times.shift(schedule, year.get(index), -1)).contains(year.get(index - 1));
        }
    }

    @Test
    void dayOfMonthAndWeekdayTogetherMeanEither() {
        Schedule schedule = schedule("0 0 15 * FRI", "UTC", "2001-06-01", Optional.empty());
        assertThat(times.starting(schedule, Instant.EPOCH, Instant.parse("2001-07-01T00:00:00Z"), 10))
                .extracting(DataInterval::partition)
                .containsExactly("2001-06-01", "2001-06-08", "2001-06-15", "2001-06-22", "2001-06-29");
        Schedule other = schedule("0 0 13 * 1", "UTC", "2001-06-01", Optional.empty());
        assertThat(times.starting(other, Instant.EPOCH, Instant.parse("2001-06-20T00:00:00Z"), 10))
                .extracting(DataInterval::partition)
                .containsExactly("2001-06-04", "2001-06-11", "2001-06-13", "2001-06-18");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * * *",
                "",
                "nonsense",
                "61 * * * *",
                "0 25 * * *",
                "0 0 * * MOO",
                "0 0 0 * *",
                "@weekly-ish"
            })
    void whatIsNoFiveFieldExpressionIsNamed(String cron) {
        assertThat(times.problem(schedule(cron, "UTC", "2001-01-01", Optional.empty())))
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("cron '" + cron + "' is not a five-field"));
    }

    @Test
    void whatNeverComesTrueIsNamed() {
        assertThat(times.problem(schedule("0 0 30 2 *", "UTC", "2001-01-01", Optional.empty())))
                .hasValueSatisfying(problem -> assertThat(problem).contains("0 0 30 2 *"));
        assertThat(times.problem(schedule("0 0 29 2 *", "UTC", "2001-01-01", Optional.empty())))
                .isEmpty();
        assertThat(times.problem(weekly())).isEmpty();
    }

    private List<Instant> starts(String zone, String cron, String day, int count) {
        Schedule schedule = schedule(cron, zone, day, Optional.empty());
        return times.starting(schedule, Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"), count).stream()
                .map(DataInterval::start)
                .toList();
    }

    /** The same instants found from the newest back to the oldest. */
    private List<Instant> backwards(String zone, String cron, String day, int count) {
        List<Instant> forwards = starts(zone, cron, day, count);
        CronLine line = CronLine.of(cron, ZoneId.of(zone));
        List<Instant> found = new java.util.ArrayList<>();
        Instant last = forwards.get(count - 1).plusMillis(1);
        for (int index = 0; index < count; index++) {
            last = line.before(last).orElseThrow();
            found.add(0, last);
        }
        return found;
    }

    private static List<Instant> instants(String text) {
        return java.util.regex.Pattern.compile(" ")
                .splitAsStream(text)
                .map(Instant::parse)
                .toList();
    }

    private static String partition(Optional<DataInterval> interval) {
        return interval.orElseThrow().partition();
    }

    private static Schedule weekly() {
        return schedule("0 0 * * MON", "America/New_York", "2001-01-01", Optional.of(LocalDate.of(2001, 7, 1)));
    }

    private static Schedule schedule(String cron, String zone, String start, Optional<LocalDate> end) {
        ZoneId zoneId = zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone);
        return new Schedule(cron, zoneId, LocalDate.parse(start), end, Catchup.NONE, Overlap.QUEUED);
    }
}
