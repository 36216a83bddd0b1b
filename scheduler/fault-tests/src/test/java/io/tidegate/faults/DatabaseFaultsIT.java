package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.faults.Ledger.Event;
import io.tidegate.faults.SoakPlan.PlannedFault;
import io.tidegate.scheduler.engine.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the database happens to no step: children go on, nothing starts twice, and all is well again without anybody's help. */
final class DatabaseFaultsIT {
    private static final int BUSY = 503;
    /** Longer than somebody waits for a connection before being told to come later. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final String RENEWED_JUST_NOW =
            "SELECT CAST(id AS text) FROM node WHERE renewed_at > now() - interval '1 second'";
    private static final String DAG = """
            dag: steps
            schedule: { every: 1d, zone: UTC, start: 2001-01-01, end: 2001-01-02, overlap: parallel(20) }
            defaults: { retries: { lost: 0, platform: 0 } }
            steps:
              a: { kind: task, command: [STEP, pass, "4"] }
              b: { kind: task, needs: [a], command: [STEP, pass, "0"] }
            """;

    @TempDir
    private static Path temporary;

    private static Rig rig;

    private Node server;

    @BeforeEach
    void start() throws IOException {
        if (rig == null) {
            rig = Rig.with(temporary, 1, DAG);
        }
        server = rig.nodes.get(0);
    }

    @AfterAll
    static void stop() throws Exception {
        rig.close();
    }

    @AfterEach
    void allIsWellAgain() {
        rig.awaitWell(server);
        assertThat(server.isAlive()).as("the server was never restarted").isTrue();
    }

    /** Starts a run, breaks the database while its first step works, and looks whether the run ends as if nothing had been. */
    private void survives(Fault fault, Duration hold, double strength) throws Exception {
        String run = rig.run(server);
        rig.awaitBegun(run, 1);

        ground().strike(new PlannedFault(Duration.ZERO, fault, 0, hold, strength));

        rig.awaitSuccess(server, run, Rig.RECOVERY);
        rig.assertStartedOnce(run);
        assertThat(rig.ledger(Event.ENDED, run)).allMatch(Ledger.Line::succeeded);
        // Not only what was going: something new goes through, too.
        String next = rig.run(server);
        rig.awaitBegun(next, 1);
    }

    private static Ground ground() {
        return new Ground(rig.database);
    }

    @Test
    void itCrashesAndComesBack() throws Exception {
        survives(Fault.DATABASE_RESTART, Duration.ZERO, 0);
    }

    @Test
    void itIsAwayWhileChildrenEndAndTheirResultsAreWrittenAfterwards() throws Exception {
        survives(Fault.DATABASE_DOWN, Duration.ofSeconds(7), 0);
    }

    @Test
    void itTakesNoWritesForAWhile() throws Exception {
        survives(Fault.READ_ONLY, Duration.ofSeconds(6), 0);
    }

    @Test
    void connectionsAreEndedAtRandom() throws Exception {
        survives(Fault.CONNECTION_STORM, Duration.ofSeconds(5), 0.5);
    }

    @Test
    void othersLockTheSameRowsInAnotherOrder() throws Exception {
        survives(Fault.ROWS_LOCKED, Duration.ofSeconds(5), 0.5);
    }

    @Test
    void aSnapshotIsHeldOpen() throws Exception {
        survives(Fault.OLD_SNAPSHOT, Duration.ofSeconds(5), 0);
    }

    @Test
    void everyConnectionWaitsAndTheLeaseIsKeptAndPeopleAreToldToComeLater() throws Exception {
        Duration lease = EngineSettings.DEFAULT.pace().lease();
        // What happened to the database before may have cost it its lease: it has one that is new.
        Rig.until(Rig.RECOVERY, () -> rig.query(RENEWED_JUST_NOW).size() == 1);
        List<String> before = rig.alive();
        try (Connection other = rig.database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE run IN ACCESS EXCLUSIVE MODE");
            long locked = System.nanoTime();
            List<Thread> askers = IntStream.range(0, 12)
                    .mapToObj(number -> new Thread(() -> status("/api/v1/runs?limit=1")))
                    .toList();
            askers.forEach(Thread::start);
            Rig.until(Rig.RECOVERY, () -> status("/api/v1/runs?limit=1") == BUSY);
            Rig.until(Rig.RECOVERY, () -> System.nanoTime() - locked > lease.toNanos());
            other.rollback();
            for (Thread asker : askers) {
                asker.join();
            }
        }
        assertThat(rig.alive()).as("it never lost its lease").isEqualTo(before);
        String run = rig.run(server);
        rig.awaitSuccess(server, run, Rig.RECOVERY);
    }

    private int status(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address().orElseThrow() + path))
                .timeout(PATIENCE)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (HttpTimeoutException waits) {
            // It has got one of the connections, which waits for the lock.
            return 0;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
