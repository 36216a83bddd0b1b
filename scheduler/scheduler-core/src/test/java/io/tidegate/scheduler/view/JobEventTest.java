package io.tidegate.scheduler.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.JobEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Warnings of clusters on their way through the details of a job, from executors to views. */
final class JobEventTest {
    private static final Instant TIME = Instant.parse("2001-01-01T10:00:00Z");

    @Test
    void whatIsWrittenIsReadAgain() {
        List<JobEvent> events = List.of(
                new JobEvent(TIME, "FailedScheduling", "no\tnode\nhas room", 4),
                new JobEvent(TIME.plusSeconds(1), "BackOff", "", 1));

        assertThat(JobEvent.of(Map.of(JobEvent.DETAIL, JobEvent.write(events)))).isEqualTo(events);
        assertThat(events.get(0).message()).isEqualTo("no node has room");
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        assertThat(JobEvent.of(Map.of())).isEmpty();
        assertThat(JobEvent.of(Map.of(JobEvent.DETAIL, "nonsense\nyesterday\t1\ta\tb\n" + TIME + "\tmany\ta\tb")))
                .isEmpty();
    }

    @Test
    void longMessagesAreCut() {
        assertThat(new JobEvent(TIME, "Failed", "x".repeat(2_000), 1).message()).hasSize(503);
    }
}
