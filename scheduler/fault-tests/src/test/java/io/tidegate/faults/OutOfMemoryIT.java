package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.faults.Ledger.Event;
import io.tidegate.scheduler.engine.EngineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose heap is full ends, rather than to go on with threads missing; the next one finds all of its work. */
final class OutOfMemoryIT {
    /** A server needs 26 MiB to do nothing. */
    private static final String LITTLE = "-Xmx44m";

    /** What {@code ExitOnOutOfMemoryError} ends a JVM with. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int STEPS = 2_500;
    private static final int LONG = 3_000;

    @TempDir
    private Path temporary;

    @Test
    void theServerEndsAndTheNextOneFinishesItsRuns() throws Exception {
        try (Rig rig = Rig.with(temporary, 1, """
                dag: steps
                defaults: { retries: { lost: 0, platform: 0 } }
                steps:
                  a: { kind: task, command: [STEP, pass, "6"] }
                  b: { kind: task, needs: [a], command: [STEP, pass, "0"] }
                """, (any, node) -> node.memory(LITTLE))) {
            Node server = rig.nodes.get(0);
            String run = rig.run(server);
            rig.awaitBegun(run, 1);

            Path large = rig.folder.dags().resolve("large.dag.yaml");
            Files.writeString(large, tooLarge());
            Rig.until(Rig.RECOVERY, () -> !server.isAlive());
            assertThat(server.exitCode()).contains(OUT_OF_MEMORY);

            Files.delete(large);
            server.memory(Node.USUAL_MEMORY);
            rig.start(server);
            rig.awaitSuccess(server, run, EngineSettings.DEFAULT.pace().lease().plus(Rig.RECOVERY));
            rig.assertStartedOnce(run);
            assertThat(rig.ledger(Event.ENDED, run)).allMatch(Ledger.Line::succeeded);
        }
    }

    /** What a DAG may be, and more than fits into so little memory. */
    private static String tooLarge() {
        return IntStream.range(0, STEPS)
                .mapToObj(number -> "  step-" + number + ": { kind: task, command: [echo, " + "a".repeat(LONG) + "] }")
                .collect(Collectors.joining("\n", "dag: large\nsteps:\n", "\n"));
    }

    @Test
    void serversThatPeopleStartEndAlike() throws Exception {
        Path start = Path.of("").toAbsolutePath().getParent().getParent().resolve("tidegate");
        assertThat(Files.readString(start)).containsPattern("long='[^']*-XX:\\+ExitOnOutOfMemoryError");
    }
}
