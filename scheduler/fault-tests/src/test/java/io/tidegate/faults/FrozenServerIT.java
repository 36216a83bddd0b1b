package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.faults.Ledger.Event;
import io.tidegate.scheduler.engine.EngineSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server stands still for longer than its lease: another one takes its runs and their processes over, and it comes back as if new. */
final class FrozenServerIT {
    private static final Duration TAKEN_OVER =
            EngineSettings.DEFAULT.pace().lease().plus(Rig.RECOVERY);

    @TempDir
    private Path temporary;

    private static final String DAG = """
            dag: steps
            defaults: { retries: { lost: 0, platform: 0 } }
            steps:
              a: { kind: task, command: [STEP, pass, "3"] }
              b: { kind: task, needs: [a], command: [STEP, pass, "1"] }
            """;

    @Test
    void theOtherServerFinishesItsRunsAndNothingStartsTwice() throws Exception {
        try (Rig rig = Rig.with(temporary, 2, DAG)) {
            String run = begin(rig);
            Node frozen = rig.owner(run);
            Node other = other(rig, frozen);
            frozen.freeze();

            rig.awaitSuccess(other, run, TAKEN_OVER);
            frozen.thaw();

            rig.awaitWell(frozen);
            String next = rig.run(frozen);
            rig.awaitSuccess(frozen, next, Rig.RECOVERY);
            for (String each : List.of(run, next)) {
                rig.assertStartedOnce(each);
                assertThat(rig.ledger(Event.ENDED, each)).allMatch(Ledger.Line::succeeded);
            }
        }
    }

    /** Nobody else may touch what its transaction has locked, and the database does not hear whether a server is gone or slow. */
    @Test
    void aTransactionThatItLeftOpenKeepsItsRunFromNobody() throws Exception {
        try (Rig rig = Rig.with(temporary, 2, DAG)) {
            String run = begin(rig);
            Node frozen = rig.owner(run);
            Node other = other(rig, frozen);
            try (Connection lock = rig.database.connect();
                    Statement statement = lock.createStatement()) {
                lock.setAutoCommit(false);
                statement.execute("SELECT FROM run WHERE id = '" + run + "' FOR UPDATE");
                // The end of the first step is to be written.
                Rig.until(Rig.RECOVERY, () -> commits(rig, "wait_event_type = 'Lock'") == 1);
                frozen.freeze();
                lock.rollback();
            }
            Rig.until(Rig.RECOVERY, () -> commits(rig, "state = 'idle in transaction'") == 1);

            rig.awaitSuccess(other, run, TAKEN_OVER);
            frozen.thaw();

            rig.awaitWell(frozen);
            rig.awaitSuccess(frozen, rig.run(frozen), Rig.RECOVERY);
            rig.assertStartedOnce(run);
        }
    }

    /** Makes a run and waits until its first step is at work. Either server may have taken it. */
    private static String begin(Rig rig) throws InterruptedException {
        String run = rig.run(rig.nodes.get(0));
        rig.awaitBegun(run, 1);
        return run;
    }

    private static Node other(Rig rig, Node one) {
        return rig.nodes.get(1 - one.number());
    }

    private static int commits(Rig rig, String condition) throws SQLException {
        return rig.query(
                        "SELECT CAST(pid AS text) FROM pg_stat_activity WHERE application_name = 'tidegate-commits' AND "
                                + condition)
                .size();
    }
}
