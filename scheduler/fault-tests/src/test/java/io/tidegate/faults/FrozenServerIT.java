package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.faults.Ledger.Event;
import io.tidegate.scheduler.engine.EngineSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server stands still for longer than its lease: another one takes its runs and their processes over, and it comes back as if new. */
final class FrozenServerIT {
    private static final Duration TAKEN_OVER =
            EngineSettings.DEFAULT.pace().lease().plus(Rig.RECOVERY);

    @TempDir
    private Path temporary;

    @Test
    void theOtherServerFinishesItsRunsAndNothingStartsTwice() throws Exception {
        try (Rig rig = Rig.with(temporary, 2, """
                dag: steps
                defaults: { retries: { lost: 0, platform: 0 } }
                steps:
                  a: { kind: task, command: [STEP, pass, "3"] }
                  b: { kind: task, needs: [a], command: [STEP, pass, "1"] }
                """)) {
            // The one that made a run claims it at once.
            Node frozen = rig.nodes.get(0);
            Node other = rig.nodes.get(1);
            String run = rig.run(frozen);
            Rig.until(Rig.RECOVERY, () -> rig.ledger(Event.BEGAN, run).size() == 1);
            frozen.freeze();

            Rig.until(TAKEN_OVER, () -> rig.state(other, run).equals(Optional.of("succeeded")));
            frozen.thaw();

            Rig.until(
                    Rig.RECOVERY,
                    () -> rig.api
                            .get(frozen, "/admin/healthcheck")
                            .filter(answer -> !answer.has("refused"))
                            .isPresent());
            String next = rig.run(frozen);
            Rig.until(Rig.RECOVERY, () -> rig.state(frozen, next).equals(Optional.of("succeeded")));
            for (String each : java.util.List.of(run, next)) {
                assertThat(rig.ledger(Event.BEGAN, each))
                        .extracting(Ledger.Line::step)
                        .containsExactly("a", "b");
                assertThat(rig.ledger(Event.ENDED, each)).allMatch(Ledger.Line::succeeded);
            }
        }
    }
}
