package io.tidegate.server.dagtest.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.testfile.Sample;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.server.condition.CelConditions;
import io.tidegate.server.condition.JacksonValues;
import io.tidegate.server.dagtest.CaseResult;
import io.tidegate.server.dagtest.check.Mismatch;
import io.tidegate.server.dagtest.check.OutcomeCheck;
import io.tidegate.server.dagtest.run.CaseRun;
import io.tidegate.server.dagtest.run.CaseSetup;
import io.tidegate.server.dagtest.run.GivenResults;
import io.tidegate.server.dagtest.run.Outcome;
import io.tidegate.server.launch.StepLaunchRequests;
import io.tidegate.server.token.AttemptTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** One run of a sample: lays out its data, runs the DAG, and compares. For one use. */
final class SampleRun {
    private final DagGraph graph;
    private final Sample sample;
    private final LocalPlace place;
    private final LogicalTimes times;
    private final InstantSource clock;
    private final SampleProgram program;

    SampleRun(DagGraph graph, Sample sample, LocalPlace place, LogicalTimes times, InstantSource clock) {
        this.graph = graph;
        this.sample = sample;
        this.place = place;
        this.times = times;
        this.clock = clock;
        this.program = new SampleProgram(
                place.executors(), place.installation(), graph.definition().id(), place.snapshot());
    }

    CaseResult run(CaseSetup.Start start, SampleData data, Consumer<StepRun> told) throws InterruptedException {
        long begun = System.nanoTime();
        List<Mismatch> mismatches = new ArrayList<>();
        try {
            Optional<ObjectNode> landing = data.layOut(sample.files());
            if (landing.isPresent()) {
                program.run("sample-before", landing.get());
            }
            mismatches.addAll(check(play(start, data.replaced(), told)));
            if (!sample.datasets().isEmpty()) {
                mismatches.addAll(differences(program.run("sample-after", data.comparison(sample.datasets()))));
            }
        } catch (IOException unreadable) {
            String reason = String.valueOf(unreadable.getMessage());
            mismatches.add(
                    new Mismatch(sample.position(), "sample data", List.of("data that can be read"), List.of(reason)));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new CaseResult(sample.name(), sample.position(), mismatches, took, took);
    }

    private Outcome play(CaseSetup.Start start, Set<StepId> replaced, Consumer<StepRun> told) {
        RealTime happenings = new RealTime(clock);
        Set<StepId> standIns = new HashSet<>(replaced);
        sample.given().steps().keySet().forEach(step -> standIns.add(new StepId(step)));
        GivenResults given = new GivenResults(graph, sample.given().steps(), happenings);
        CaseRun.Surroundings around = new CaseRun.Surroundings(
                start,
                new StepResolver(
                        start.world(),
                        times,
                        new CelConditions(),
                        new JacksonValues(),
                        place.data().toString()),
                new StepLaunchRequests(
                        place.installation().stepLibrary(),
                        place.data(),
                        AttemptTokens.unkept(),
                        Map::of,
                        place.secrets()),
                place.snapshot().toString());
        try (RealPrograms programs = new RealPrograms(place.executors(), happenings, given, standIns)) {
            Thread end = new Thread(programs::close, "tidegate-local-end");
            Runtime.getRuntime().addShutdownHook(end);
            try {
                return new CaseRun(graph, around, happenings, programs).play(told);
            } finally {
                removeHook(end);
            }
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process ends already, and the hook with it.
        }
    }

    /** A run of which nothing else is said must succeed. */
    private List<Mismatch> check(Outcome outcome) {
        List<Mismatch> mismatches = new ArrayList<>(OutcomeCheck.check(sample.expected(), outcome));
        RunState state = outcome.end().run().state();
        if (sample.expected().run().isEmpty() && state != RunState.SUCCEEDED) {
            String reason = outcome.end().run().progress().reason();
            String ended = state.name().toLowerCase(Locale.ROOT) + (reason.isEmpty() ? "" : ": " + reason);
            mismatches.add(new Mismatch(sample.position(), "run", List.of("succeeded"), List.of(ended)));
        }
        return mismatches;
    }

    private List<Mismatch> differences(JsonNode differences) {
        return sample.datasets().entrySet().stream()
                .filter(dataset -> differences.has(dataset.getKey()))
                .map(dataset -> {
                    JsonNode difference = differences.path(dataset.getKey());
                    return new Mismatch(
                            dataset.getValue().position(),
                            "datasets." + dataset.getKey(),
                            texts(difference.path("expected")),
                            texts(difference.path("actual")));
                })
                .toList();
    }

    private static List<String> texts(JsonNode lines) {
        return StreamSupport.stream(lines.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
