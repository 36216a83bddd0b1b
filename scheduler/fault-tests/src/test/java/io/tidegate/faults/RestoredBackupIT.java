package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is put back to what it was a while ago, and the processes it no longer knows of go on. */
final class RestoredBackupIT {
    @TempDir
    private Path temporary;

    @Test
    void whatBeganAfterTheBackupIsAdoptedAndNotStartedAgain() throws Exception {
        try (Rig rig = Rig.with(temporary, 1, """
                dag: steps
                defaults: { retries: { lost: 0, platform: 0 } }
                steps:
                  a: { kind: task, command: [STEP, pass, "6"] }
                  b: { kind: task, needs: [a], command: [STEP, pass, "15"] }
                """)) {
            Node server = rig.nodes.get(0);
            String run = rig.run(server);
            rig.awaitBegun(run, 1);
            rig.database.crash();
            rig.database.backUp();
            rig.database.start();
            rig.awaitBegun(run, 2);

            server.kill();
            rig.database.crash();
            rig.database.restore();
            rig.database.start();
            rig.start(server);

            rig.awaitSuccess(server, run, Rig.RECOVERY.multipliedBy(2));
            rig.assertStartedOnce(run);
            assertThat(rig.step(server, run, "b").path("attempts")).hasSize(1);
        }
    }
}
