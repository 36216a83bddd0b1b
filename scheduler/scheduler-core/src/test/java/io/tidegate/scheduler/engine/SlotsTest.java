package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private static final RunId RUN = new RunId(new UUID(0, 1));
    private static final RunId OTHER = new RunId(new UUID(0, 2));

    private final Slots slots = new Slots(2);
    private final List<String> started = new ArrayList<>();

    private void request(RunId run, String key) {
        slots.request(run, new LaunchKey(key), () -> started.add(key));
    }

    @Test
    void letsInAsManyAsThereIsRoomForAndTheOthersInOrder() {
        List.of("a", "b", "c", "d").forEach(key -> request(RUN, key));
        assertThat(started).containsExactly("a", "b");

        slots.release(new LaunchKey("b"));
        slots.release(new LaunchKey("a"));
        assertThat(started).containsExactly("a", "b", "c", "d");
    }

    @Test
    void whatWasFoundWorkingHasItsPlaceWhateverTheLimit() {
        List.of("a", "b", "c").forEach(key -> slots.occupy(RUN, new LaunchKey(key)));
        request(RUN, "d");
        slots.release(new LaunchKey("a"));
        assertThat(started).isEmpty();

        slots.release(new LaunchKey("b"));
        assertThat(started).containsExactly("d");
    }

    @Test
    void aLaunchThatWaitsCanBeTakenBackAndOneThatIsInCannot() {
        List.of("a", "b", "c").forEach(key -> request(RUN, key));

        assertThat(slots.withdraw(new LaunchKey("c"))).isTrue();
        assertThat(slots.withdraw(new LaunchKey("a"))).isFalse();
        slots.release(new LaunchKey("a"));
        assertThat(started).containsExactly("a", "b");
    }

    @Test
    void aRunThatIsDroppedMakesRoomAndWaitsForNothing() {
        request(RUN, "a");
        request(RUN, "b");
        request(RUN, "c");
        request(OTHER, "d");
        slots.releaseAll(RUN);

        assertThat(started).containsExactly("a", "b", "d");
    }

    @Test
    void anAttemptThatHasItsPlaceIsLetInAgain() {
        request(RUN, "a");
        request(RUN, "b");
        request(RUN, "a");

        assertThat(started).containsExactly("a", "b", "a");
    }
}
