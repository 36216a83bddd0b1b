package io.tidegate.server.dagtest.local;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.testfile.Sample;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.server.dagtest.CaseResult;
import io.tidegate.server.dagtest.run.CaseSetup;
import io.tidegate.server.definitions.FolderSnapshot;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.settings.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs samples. Has no state: each sample has a home of its own. */
public final class LocalRunner {
    private final Installation installation;
    private final LogicalTimes times;
    private final InstantSource clock;

    public LocalRunner(Installation installation, LogicalTimes times, InstantSource clock) {
        this.installation = installation;
        this.times = times;
        this.clock = clock;
    }

    /**
     * What is run.
     *
     * @param dagFile absolute path of the DAG's file
     * @param folder absolute path of the folder from which the sample's paths are
     * @param problems receives what the sample asks for and the DAG does not allow
     */
    public record Subject(Path dagFile, DagGraph graph, Path folder, Problems problems) {}

    /**
     * Runs a sample to its end.
     *
     * @param home an empty folder, in which everything is kept
     * @param told each step whenever it has moved to another state
     * @return empty when there are problems
     * @throws IOException when the home or the DAG's folder cannot be used
     */
    public Optional<CaseResult> run(Subject subject, Sample sample, Path home, Consumer<StepRun> told)
            throws IOException, InterruptedException {
        DagGraph graph = subject.graph();
        EarlierPartitions earlier = new EarlierPartitions();
        Optional<CaseSetup.Start> start =
                new CaseSetup(graph, times, sample.given(), sample.position(), subject.problems()).make(earlier);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        LocalSecrets secrets = new LocalSecrets(sample.given().secrets());
        try (HomeFolder folder = HomeFolder.open(home);
                LocalExecutors executors = new LocalExecutors(folder, installation, clock, secrets::mask)) {
            SampleData data = new SampleData(graph, times, start.get().run(), subject.folder(), folder.data());
            data.plan(sample, subject.problems());
            if (!subject.problems().isEmpty()) {
                return Optional.empty();
            }
            earlier.are(data.earlier(), data.lookedBackAt(sample.given().steps().keySet()));
            LocalPlace place =
                    new LocalPlace(folder.data(), snapshot(subject, folder), executors, installation, secrets);
            return Optional.of(new SampleRun(graph, sample, place, times, clock).run(start.get(), data, told));
        }
    }

    private static Path snapshot(Subject subject, HomeFolder home) throws IOException {
        DagDefinition definition = subject.graph().definition();
        Path snapshot = home.dagVersions().resolve(definition.id().value());
        FolderSnapshot.of(subject.dagFile(), definition.resources().libraries()).copyTo(snapshot);
        return snapshot;
    }
}
