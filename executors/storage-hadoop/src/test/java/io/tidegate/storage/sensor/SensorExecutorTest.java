package io.tidegate.storage.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.AttemptIdentity;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.Observation;
import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.RecordingListener;
import io.tidegate.storage.hadoop.HadoopSettings;
import io.tidegate.storage.hadoop.HadoopStorages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SensorExecutorTest {
    private static final Instant MONDAY = Instant.parse("2001-03-05T06:00:00Z");
    private static final LaunchKey KEY = new LaunchKey("partner-feed-arrived-1");
    private static final Duration POKE = Duration.ofMillis(10);

    @TempDir
    private Path folder;

    private final HadoopStorages storages = new HadoopStorages(HadoopSettings.NONE, InstantSource.system());
    private final RecordingListener listener = new RecordingListener();
    private volatile Instant now = MONDAY;
    private SensorExecutor executor;
    private Path feed;

    @BeforeEach
    void open() {
        feed = folder.resolve("feed");
        restart();
    }

    @AfterEach
    void close() {
        executor.close();
        storages.close();
    }

    private void restart() {
        if (executor != null) {
            executor.close();
        }
        executor = new SensorExecutor(folder.resolve("attempts"), storages, () -> now);
    }

    private LaunchResult launch(Workload workload, ExecutorSettings settings) {
        return executor.launch(new LaunchRequest(
                KEY,
                new AttemptIdentity(new DagId("partner-feed"), "partners", "run-1", new StepId("arrived"), 1),
                settings,
                workload,
                new LaunchRequest.Surroundings(folder.toString(), Map.of(), "{}"),
                Duration.ofHours(1)));
    }

    private ExternalJob launch(boolean successFile, Duration stableFor) {
        LaunchResult result = launch(
                new Workload.AwaitedData(feed.toString(), successFile, stableFor, POKE), new ExecutorSettings.Sensor());
        return ((LaunchResult.Accepted) result).job();
    }

    private void write(String name, Instant changed) throws IOException {
        Files.createDirectories(feed);
        Files.writeString(feed.resolve(name), "12345");
        Files.setLastModifiedTime(feed.resolve(name), FileTime.from(changed));
        Files.setLastModifiedTime(feed, FileTime.from(changed));
    }

    private String log() throws IOException {
        AttemptOutput output = executor.output(KEY);
        return new String(output.readLog(0, (int) output.logSize()), StandardCharsets.UTF_8);
    }

    private List<String> reasons() {
        return listener.observations().stream()
                .filter(Observation.Described.class::isInstance)
                .map(described -> ((Observation.Described) described).details().get(Observation.Described.REASON))
                .toList();
    }

    private static void until(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(5)).until(condition);
    }

    @Test
    void itWaitsUntilAllOfTheConditionHoldsAndSaysWhatItSaw() throws IOException {
        executor.watch(launch(true, Duration.ofMinutes(5)), listener);
        until(() -> reasons().size() == 1);
        write("part-0", MONDAY);
        until(() -> reasons().size() >= 2 && last().endsWith("_SUCCESS; waiting until nothing has changed for 300 s"));
        write("_SUCCESS", MONDAY.plusSeconds(60));
        until(() -> last().contains("with _SUCCESS"));
        now = MONDAY.plusSeconds(359);
        assertThat(listener.ends()).isEmpty();
        now = MONDAY.plusSeconds(360);

        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(reasons().get(0)).isEqualTo("waits for " + feed + ": nothing there yet");
        assertThat(log())
                .startsWith("2001-03-05T06:00:00Z " + feed + ": nothing there yet\n")
                .endsWith("2001-03-05T06:06:00Z " + feed
                        + ": there, 1 file, 5 bytes, changed at 2001-03-05T06:01:00Z, with _SUCCESS\n");
    }

    private String last() {
        return reasons().get(reasons().size() - 1);
    }

    @Test
    void whatWasSaidIsNotSaidAgainUntilItChanges() throws IOException {
        executor.watch(launch(true, Duration.ZERO), listener);
        until(() -> reasons().size() == 1);
        write("part-0", MONDAY);
        until(() -> last().contains("1 file"));
        write("_SUCCESS", MONDAY);
        listener.awaitEnd();
        List<String> reasons = reasons();
        for (int number = 1; number < reasons.size(); number++) {
            assertThat(reasons.get(number)).isNotEqualTo(reasons.get(number - 1));
        }
        assertThat(log().lines()).hasSize(reasons.size() + 1);
    }

    @Test
    void theNextServerGoesOnWaiting() throws IOException {
        ExternalJob job = launch(false, Duration.ZERO);
        assertThat(launch(false, Duration.ZERO)).as("launched again").isEqualTo(job);
        restart();
        assertThat(executor.find(KEY)).isEqualTo(new FindResult.Found(job));
        assertThat(executor.find(new LaunchKey("another"))).isEqualTo(new FindResult.NotFound());
        ExternalJob described = job.described(Map.of(Observation.Described.REASON, "as it was"));
        executor.watch(described, listener);
        until(() -> reasons().size() == 1);
        assertThat(phases()).containsExactly("waiting");
        write("part-0", MONDAY);
        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(phases()).containsExactly("ended");

        // An end is told again to whoever watches later, whatever has become of the data.
        Files.delete(feed.resolve("part-0"));
        Files.delete(feed);
        restart();
        RecordingListener later = new RecordingListener();
        executor.watch(described, later);
        assertThat(later.awaitEnd()).isEqualTo(Observation.Ended.succeeded());
        assertThat(later.observations()).hasSize(1);
    }

    private List<String> phases() {
        return executor.list().stream()
                .flatMap(cluster -> cluster.jobs().stream())
                .map(ClusterListing.ListedJob::phase)
                .toList();
    }

    @Test
    void whoIsToldToStopStopsOnce() {
        ExternalJob job = launch(false, Duration.ZERO);
        executor.watch(job, listener);
        until(() -> reasons().size() == 1);
        executor.cancel(job);
        assertThat(listener.awaitEnd()).isEqualTo(Observation.Ended.failed(FailureKind.USER, 143, "stopped waiting"));
        executor.cancel(job);
        RecordingListener later = new RecordingListener();
        executor.watch(job, later);
        assertThat(later.awaitEnd()).isEqualTo(listener.awaitEnd());
        assertThat(listener.ends()).hasSize(1);
    }

    @Test
    void dataThatCannotBeLookedAtIsLookedAtAgain() throws IOException {
        Files.writeString(folder.resolve("blocked"), "");
        feed = folder.resolve("pigeon");
        LaunchResult result = launch(
                new Workload.AwaitedData("pigeon://loft/feed", false, Duration.ZERO, POKE),
                new ExecutorSettings.Sensor());
        executor.watch(((LaunchResult.Accepted) result).job(), listener);
        until(() -> reasons().size() == 1);
        assertThat(last()).contains("cannot be looked at: ").contains("pigeon");
        assertThat(listener.ends()).isEmpty();
    }

    @Test
    void whatIsNoConditionIsRejected() {
        assertThat(launch(new Workload.CommandLine(List.of("true")), new ExecutorSettings.Sensor()))
                .isInstanceOfSatisfying(LaunchResult.Rejected.class, rejected -> {
                    assertThat(rejected.kind()).isEqualTo(FailureKind.USER);
                    assertThat(rejected.message()).contains("awaits none");
                });
        assertThat(launch(
                        new Workload.AwaitedData("no place", false, Duration.ZERO, POKE),
                        new ExecutorSettings.Sensor()))
                .isInstanceOfSatisfying(
                        LaunchResult.Rejected.class,
                        rejected -> assertThat(rejected.message()).contains("neither an absolute path nor a URI"));
        assertThat(executor.takesPlace()).isFalse();
    }
}
