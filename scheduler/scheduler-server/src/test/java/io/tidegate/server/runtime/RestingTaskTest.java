package io.tidegate.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RestingTaskTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = Long.MAX_VALUE - 5 * SECOND;
    private long takes;
    private final List<Long> begun = new ArrayList<>();
    private final RestingTask task = new RestingTask(
            () -> {
                begun.add(now);
                now += takes;
            },
            () -> now);

    @Test
    void aLongRoundIsFollowedByARestAndAShortOneByNone() {
        takes = SECOND / 10;
        task.run();
        for (int round = 0; round < 19; round++) {
            task.run();
            now += takes;
        }
        assertThat(begun).as("also where the count of nanoseconds begins anew").hasSize(1);
        takes = 0;
        task.run();
        task.run();
        assertThat(begun).hasSize(3);
    }

    @Test
    void noRestIsLongerThanPeopleWait() {
        takes = 60 * SECOND;
        task.run();
        now += 10 * SECOND;
        task.run();
        assertThat(begun).hasSize(2);
    }
}
