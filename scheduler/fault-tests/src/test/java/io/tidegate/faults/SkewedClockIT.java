package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of one of two servers is five minutes fast: neither takes the other for dead, and no instant has two runs. */
final class SkewedClockIT {
    private static final Duration FAST = Duration.ofMinutes(5);
    private static final Duration FASTER = Duration.ofHours(1);
    private static final String MINUTES = "SELECT CAST(interval_end AS text) FROM run WHERE dag = 'minutes'";
    private static final String AHEAD = MINUTES + " AND interval_end > now() + interval '1 minute'";

    private static final String FAR_AHEAD =
            "SELECT CAST(id AS text) FROM run WHERE created_at > now() + interval '50 minutes'";

    @TempDir
    private Path temporary;

    @Test
    void nobodyIsTakenForDeadAndNoInstantHasTwoRuns() throws Exception {
        // The first step is longer than a lease.
        try (Rig rig = Rig.with(temporary, 2, """
                dag: steps
                schedule: { every: 1d, zone: UTC, start: 2001-01-01, end: 2001-01-02, overlap: parallel(20) }
                defaults: { retries: { lost: 0, platform: 0 } }
                steps:
                  a: { kind: task, command: [STEP, pass, "14"] }
                  b: { kind: task, needs: [a], command: [STEP, pass, "0"] }
                """, SkewedClockIT::minutesAndAFastClock)) {
            List<String> alive = rig.alive();
            assertThat(alive).hasSize(2);
            List<String> runs = List.of(rig.run(rig.nodes.get(0)), rig.run(rig.nodes.get(1)));
            for (String run : runs) {
                rig.awaitBegun(run, 1);
            }

            Rig.until(Rig.RECOVERY, () -> !rig.query(AHEAD).isEmpty());
            for (String run : runs) {
                rig.awaitSuccess(rig.nodes.get(0), run, Rig.RECOVERY);
                rig.assertStartedOnce(run);
            }
            assertThat(rig.alive()).as("neither lost its lease").isEqualTo(alive);
            assertThat(rig.query(MINUTES)).doesNotHaveDuplicates();
            rig.nodes.forEach(rig::awaitWell);

            rig.nodes.get(1).clockIsOffBy(FASTER.toSeconds());
            Rig.until(Rig.RECOVERY, () -> isMadeFarAhead(rig, rig.run(rig.nodes.get(1))));
            assertThat(rig.illness(rig.nodes.get(1)))
                    .as("no loop is taken for silent because of the clock")
                    .isEmpty();
        }
    }

    private static boolean isMadeFarAhead(Rig rig, String run) throws SQLException {
        return rig.query(FAR_AHEAD).contains(run);
    }

    private static void minutesAndAFastClock(Rig rig, Node node) throws IOException {
        Files.writeString(rig.folder.dags().resolve("minutes.dag.yaml"), """
                dag: minutes
                schedule: { every: 1m, zone: UTC, start: 2001-01-01, catchup: latest, overlap: parallel(20) }
                steps:
                  only: { kind: task, command: ["true"] }
                """);
        if (node.number() == 1) {
            node.clockIsOffBy(FAST.toSeconds());
        }
    }
}
