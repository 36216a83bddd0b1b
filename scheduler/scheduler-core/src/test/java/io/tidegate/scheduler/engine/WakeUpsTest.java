package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.testkit.LaunchAnswer;
import io.tidegate.scheduler.plan.Effect;
import io.tidegate.scheduler.plan.Timer;
import io.tidegate.scheduler.sample.DagBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WakeUpsTest extends EngineTestBase {
    private static final StepId STEP = new StepId("a");

    private final ManualTimers clock = new ManualTimers();
    private final WakeUps wakeUps = new WakeUps(clock);
    private final List<Timer> fired = new ArrayList<>();

    private void set(Timer.Kind kind, int attempt, int seconds) {
        Timer timer = new Timer(kind, Optional.of(STEP), attempt);
        wakeUps.set(new Effect.WakeAt(clock.instant().plusSeconds(seconds), timer), () -> fired.add(timer));
    }

    @Test
    void noTimerOutlivesItsAttempt() {
        world.executor.answerLaunches(request -> LaunchAnswer.succeedAtOnce());
        DagGraph chain = new DagBuilder("chain").task("a").task("b", "a").build();
        int runs = 50;
        for (int run = 0; run < runs; run++) {
            create(chain);
        }
        try (TestServer server = TestServer.up(world)) {
            eventually(() -> world.executor.launches().size() == 2 * runs && server.engine.runs() == 0);
            assertThat(world.clock.size())
                    .as("loops have one each; those of attempts were set for twenty minutes")
                    .isLessThan(10);
        }
    }

    @Test
    void theTimersOfAnAttemptThatIsOverAreTakenBackAndNoOthers() {
        set(Timer.Kind.TIMEOUT, 1, 60);
        set(Timer.Kind.STOP, 1, 10);
        set(Timer.Kind.STOP, 1, 20);
        set(Timer.Kind.TIMEOUT, 2, 60);
        wakeUps.over(STEP, 1);
        assertThat(clock.size()).isEqualTo(1);

        set(Timer.Kind.RETRY, 1, 5);
        clock.advance(Duration.ofMinutes(2));

        assertThat(fired).extracting(Timer::kind).containsExactly(Timer.Kind.RETRY, Timer.Kind.TIMEOUT);
        assertThat(fired).extracting(Timer::attempt).containsExactly(1, 2);
    }

    @Test
    void aRunThatIsOverIsWokenNoMore() {
        set(Timer.Kind.TIMEOUT, 1, 60);
        wakeUps.over();
        set(Timer.Kind.TIMEOUT, 2, 60);

        assertThat(clock.size()).isZero();
        clock.advance(Duration.ofMinutes(2));
        assertThat(fired).isEmpty();
    }

    @Test
    void whatIsDueIsCalledAtOnce() {
        set(Timer.Kind.RETRY, 1, 0);

        assertThat(fired).hasSize(1);
    }
}
