package io.tidegate.scheduler.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.schedule.Calendar;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.schedule.Timing;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTimesTest {
    private static final Instant FAR = Instant.parse("2030-01-01T00:00:00Z");

    private final ScheduleTimes times = new ScheduleTimes();

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

    /** Midnight itself falls into the gap in Sao Paulo, and is the hour that comes twice in autumn. */
    @Test
    void aDayOfSaoPauloBeginsWithItsFirstInstant() {
        String midnights = "2001-10-13T03:00:00Z 2001-10-14T03:00:00Z 2001-10-15T02:00:00Z";
        assertThat(starts("America/Sao_Paulo", "0 0 * * *", "2001-10-13", 3)).isEqualTo(instants(midnights));
        assertThat(backwards("America/Sao_Paulo", "0 0 * * *", "2001-10-13", 3)).isEqualTo(instants(midnights));
        String lateEvenings = "2002-02-16T01:30:00Z 2002-02-17T01:30:00Z 2002-02-18T02:30:00Z";
        assertThat(starts("America/Sao_Paulo", "30 23 * * *", "2002-02-15", 3)).isEqualTo(instants(lateEvenings));
        assertThat(backwards("America/Sao_Paulo", "30 23 * * *", "2002-02-15", 3))
                .isEqualTo(instants(lateEvenings));
    }

    /** Since 2019 Brazil changes its clocks no more. */
    @Test
    void theHistoryOfAZoneCounts() {
        assertThat(starts("America/Sao_Paulo", "0 0 * * *", "2019-11-02", 3))
                .isEqualTo(instants("2019-11-02T03:00:00Z 2019-11-03T03:00:00Z 2019-11-04T03:00:00Z"));
    }

    @Test
    void evenIntervalsAreCountedFromTheFirstMidnightOnTheCalendar() {
        Schedule everySixHours =
                schedule(new Timing.Every(Duration.ofHours(6)), "America/New_York", "2001-03-31", Optional.empty());
        assertThat(partitions(everySixHours, 8))
                .containsExactly(
                        "2001-03-31",
                        "2001-03-31T0600",
                        "2001-03-31T1200",
                        "2001-03-31T1800",
                        "2001-04-01",
                        "2001-04-01T0600",
                        "2001-04-01T1200",
                        "2001-04-01T1800");
        Schedule everyTenDays =
                schedule(new Timing.Every(Duration.ofDays(10)), "Europe/Berlin", "2001-03-20", Optional.empty());
        assertThat(partitions(everyTenDays, 3)).containsExactly("2001-03-20", "2001-03-30", "2001-04-09");
        DataInterval second =
                times.starting(everyTenDays, Instant.EPOCH, FAR, 2).get(1);
        assertThat(times.shift(everyTenDays, second, -1).map(DataInterval::partition))
                .contains("2001-03-20");
        assertThat(times.shift(everyTenDays, second, -2)).as("before the start").isEmpty();
    }

    @Test
    void eachDateEndsOneInterval() {
        Schedule twice = schedule(
                new Timing.Dates(
                        List.of(LocalDateTime.parse("2001-02-01T00:00"), LocalDateTime.parse("2001-03-15T06:30"))),
                "Europe/Berlin",
                "2001-01-10",
                Optional.empty());
        List<DataInterval> both = times.starting(twice, Instant.EPOCH, FAR, 10);
        assertThat(both).extracting(DataInterval::partition).containsExactly("2001-01-10", "2001-02-01");
        assertThat(both)
                .extracting(interval -> interval.end().toString())
                .containsExactly("2001-01-31T23:00:00Z", "2001-03-15T05:30:00Z");
        assertThat(partition(times.nextEndingAfter(twice, Instant.EPOCH))).isEqualTo("2001-01-10");
        assertThat(partition(times.nextEndingAfter(twice, both.get(0).end()))).isEqualTo("2001-02-01");
        assertThat(times.nextEndingAfter(twice, both.get(1).end()))
                .as("it is over")
                .isEmpty();
        assertThat(partition(times.lastEndedBy(twice, FAR))).isEqualTo("2001-02-01");
        assertThat(times.lastEndedBy(twice, both.get(0).end().minusMillis(1))).isEmpty();
    }

    @Test
    void anExcludedDayMakesTheIntervalBeforeItLonger() {
        Calendar calendar = new Calendar(
                ZoneId.of("America/New_York"),
                LocalDate.parse("2001-12-20"),
                Optional.empty(),
                new TreeSet<>(List.of(LocalDate.parse("2001-12-24"), LocalDate.parse("2001-12-25"))));
        Schedule workingDays =
                new Schedule(new Timing.Cron("0 18 * * MON-FRI"), calendar, Catchup.NONE, Overlap.QUEUED);
        assertThat(times.starting(workingDays, Instant.EPOCH, FAR, 4))
                .extracting(interval -> interval.zonedStart().toLocalDateTime() + " "
                        + interval.zonedEnd().toLocalDateTime())
                .containsExactly(
                        "2001-12-20T18:00 2001-12-21T18:00",
                        "2001-12-21T18:00 2001-12-26T18:00",
                        "2001-12-26T18:00 2001-12-27T18:00",
                        "2001-12-27T18:00 2001-12-28T18:00");
        DataInterval after =
                times.startingOn(workingDays, LocalDate.parse("2001-12-26")).orElseThrow();
        assertThat(times.shift(workingDays, after, -1).map(DataInterval::partition))
                .contains("2001-12-21T1800");
        assertThat(times.startingOn(workingDays, LocalDate.parse("2001-12-24"))).isEmpty();
    }

    private List<String> partitions(Schedule schedule, int count) {
        return times.starting(schedule, Instant.EPOCH, FAR, count).stream()
                .map(DataInterval::partition)
                .toList();
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
        TimeLine line = new TimeLine(CronTimes.of(cron), ZoneId.of(zone));
        List<Instant> found = new ArrayList<>();
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
        return schedule(new Timing.Cron(cron), zone, start, end);
    }

    private static Schedule schedule(Timing timing, String zone, String start, Optional<LocalDate> end) {
        ZoneId zoneId = zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone);
        return new Schedule(timing, Calendar.of(zoneId, LocalDate.parse(start), end), Catchup.NONE, Overlap.QUEUED);
    }
}
