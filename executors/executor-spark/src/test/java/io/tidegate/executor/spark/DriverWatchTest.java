package io.tidegate.executor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.Observation;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DriverWatchTest {
    private static final Map<String, String> ID = Map.of(ClusterDriver.APPLICATION_ID, "application_1_0001");
    private static final Optional<Observation.Ended> SUBMITTED = Optional.of(Observation.Ended.succeeded());

    private final DriverWatch watch = new DriverWatch(Map.of());

    private static Optional<ClusterDriver> driver(String phase, Optional<Observation.Ended> ended) {
        return Optional.of(new ClusterDriver(
                new LaunchKey("key"), "1", phase, phase.equals("RUNNING"), ended, Optional.empty(), true, ID));
    }

    private List<Observation> look(Optional<ClusterDriver> driver, Optional<Observation.Ended> submit) {
        return watch.conclude(driver, submit, "last words");
    }

    private Observation.Ended untilGone(Optional<Observation.Ended> submit) {
        assertThat(look(Optional.empty(), submit)).isEmpty();
        assertThat(look(Optional.empty(), submit)).isEmpty();
        List<Observation> third = look(Optional.empty(), submit);
        assertThat(third).hasSize(1);
        return (Observation.Ended) third.get(0);
    }

    @Test
    void whatIsNewIsToldOnce() {
        assertThat(look(driver("ACCEPTED", Optional.empty()), Optional.empty()))
                .containsExactly(new Observation.Described(ID));
        assertThat(look(driver("RUNNING", Optional.empty()), SUBMITTED)).containsExactly(new Observation.Running());
        assertThat(look(driver("RUNNING", Optional.empty()), SUBMITTED)).isEmpty();
        assertThat(look(driver("FINISHED", SUBMITTED), SUBMITTED)).containsExactly(Observation.Ended.succeeded());
    }

    @Test
    void aKilledSubmitSaysNothingAboutItsDriver() {
        Optional<Observation.Ended> killed = Optional.of(Observation.Ended.lost("gone"));

        assertThat(look(driver("RUNNING", Optional.empty()), killed))
                .noneMatch(observation -> observation instanceof Observation.Ended);
    }

    @Test
    void aDriverThatWasDeletedIsLost() {
        assertThat(look(driver("RUNNING", Optional.empty()), SUBMITTED)).isNotEmpty();

        Observation.Ended ended = untilGone(SUBMITTED);

        assertThat(ended.failure()).contains(FailureKind.LOST);
        assertThat(ended.message()).contains("deleted from the cluster");
    }

    @Test
    void aDriverThatIsNotSeenIsNotCalledLostAtTheFirstLook() {
        assertThat(new DriverWatch(ID).conclude(Optional.empty(), Optional.empty(), ""))
                .isEmpty();
        assertThat(look(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void aSubmitThatFailedIsThePlatformsAndItsLastWordsAreTold() {
        Observation.Ended ended = untilGone(Optional.of(Observation.Ended.failed(FailureKind.USER, 1, "exit code 1")));

        assertThat(ended.failure()).contains(FailureKind.PLATFORM);
        assertThat(ended.message()).isEqualTo("nothing was submitted, exit code 1: last words");
    }

    @Test
    void aSubmitThatEndedWellWithoutAnApplicationIsLost() {
        assertThat(untilGone(SUBMITTED).failure()).contains(FailureKind.LOST);
    }

    @Test
    void aSubmitThatWasCancelledIsNobodyElsesFault() {
        Observation.Ended ended =
                untilGone(Optional.of(Observation.Ended.failed(FailureKind.USER, 143, "killed by SIGTERM (exit 143)")));

        assertThat(ended.failure()).contains(FailureKind.USER);
        assertThat(ended.message()).isEqualTo("the submit was killed by SIGTERM (exit 143)");
    }
}
