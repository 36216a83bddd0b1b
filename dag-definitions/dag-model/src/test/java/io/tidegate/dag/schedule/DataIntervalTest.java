package io.tidegate.dag.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DataIntervalTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Test
    void aPartitionIsNamedByTheDayInTheSchedulesZone() {
        assertThat(interval("2001-01-01T00:00-05:00[America/New_York]").partition())
                .isEqualTo("2001-01-01");
        assertThat(interval("2001-04-02T00:00-04:00[America/New_York]").partition())
                .isEqualTo("2001-04-02");
    }

    @Test
    void aPartitionThatDoesNotStartAtMidnightHasTheTimeInItsName() {
        assertThat(interval("2001-01-01T06:00-05:00[America/New_York]").partition())
                .isEqualTo("2001-01-01T0600");
        assertThat(interval("2001-01-01T00:30-05:00[America/New_York]").partition())
                .isEqualTo("2001-01-01T0030");
    }

    @Test
    void namesSortAsIntervalsDo() {
        DataInterval midnight = interval("2001-01-01T00:00-05:00[America/New_York]");
        DataInterval noon = interval("2001-01-01T12:00-05:00[America/New_York]");

        assertThat(midnight).isLessThan(noon);
        assertThat(midnight.partition()).isLessThan(noon.partition());
    }

    @Test
    void anIntervalEndsAfterItStarts() {
        Instant instant = Instant.parse("2001-01-01T05:00:00Z");

        assertThatThrownBy(() -> new DataInterval(instant, instant, NEW_YORK))
                .hasMessage("interval ends at 2001-01-01T05:00:00Z, not after its start 2001-01-01T05:00:00Z");
    }

    @Test
    void aScheduleEndsAfterItStarts() {
        LocalDate start = LocalDate.of(2001, 1, 1);

        assertThatThrownBy(() -> Calendar.of(NEW_YORK, start, Optional.of(start)))
                .hasMessage("schedule ends on 2001-01-01, which is not after its start 2001-01-01");
    }

    private static DataInterval interval(String start) {
        ZonedDateTime zoned = ZonedDateTime.parse(start);
        return new DataInterval(zoned.toInstant(), zoned.plusDays(1).toInstant(), zoned.getZone());
    }
}
