package io.tidegate.scheduler.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.sample.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void sortInTheOrderTheyWereMadeAlsoWhenTheClockStandsOrGoesBack() {
        SettableClock clock = new SettableClock(NOW);
        RunIds ids = new RunIds(clock, new Random(1));
        List<RunId> made = new ArrayList<>();
        for (int count = 0; count < 10_000; count++) {
            made.add(ids.next());
        }
        clock.set(NOW.minusSeconds(60));
        made.add(ids.next());
        clock.set(NOW.plusSeconds(60));
        made.add(ids.next());
        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ofTwoServersAtTheSameInstantDifferInTheDigitsThatNameTheirJobs() {
        RunId mine = new RunIds(new SettableClock(NOW), new Random(1)).next();
        RunId theirs = new RunIds(new SettableClock(NOW), new Random(2)).next();

        assertThat(mine.toString().substring(24)).isNotEqualTo(theirs.toString().substring(24));
    }

    @Test
    void areVersionSevenWithTheTimeInFront() {
        RunId id = new RunIds(new SettableClock(NOW), new Random(1)).next();
        assertThat(id.value().version()).isEqualTo(7);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }
}
