package io.tidegate.server.dagtest.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.testfile.Sample;
import io.tidegate.dag.parser.testfile.Sample.ExpectedRows;
import io.tidegate.dag.parser.testfile.Sample.GivenPartition;
import io.tidegate.dag.parser.testfile.Sample.Rows;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepKind;
import io.tidegate.scheduler.resolve.TemplateValues;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.server.dagtest.run.GivenWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the data of a sample comes from and goes to. For one use; not thread-safe. */
final class SampleData {
    private final DagGraph graph;
    private final LogicalTimes times;
    private final Run run;
    private final Path folder;
    private final Path home;
    private final List<Landing> landings = new ArrayList<>();
    private final Set<String> earlier = new HashSet<>();
    private final Set<StepId> replaced = new HashSet<>();

    private record Landing(Rows rows, Path from, String to, String format) {}

    /**
     * @param folder that of the test file
     * @param home the data home
     */
    SampleData(DagGraph graph, LogicalTimes times, Run run, Path folder, Path home) {
        this.graph = graph;
        this.times = times;
        this.run = run;
        this.folder = folder;
        this.home = home;
    }

    /** Finds out what is to lie where, and reports what cannot. */
    void plan(Sample sample, Problems problems) {
        new TreeMap<>(sample.files()).forEach((target, file) -> {
            require(file.value(), file.position(), problems);
            if (!home.resolve(target).normalize().startsWith(home)) {
                problems.add(
                        file.position(),
                        target + " is not below the data home",
                        Optional.of("name a path such as landing/flights.csv"));
            }
        });
        sample.partitions().forEach(partition -> plan(partition, problems));
        sample.datasets()
                .forEach((name, wanted) ->
                        wanted.value().rows().ifPresent(rows -> require(rows.path(), wanted.position(), problems)));
    }

    private void plan(Located<GivenPartition> located, Problems problems) {
        GivenPartition given = located.value();
        InputReference partition = given.partition();
        Dataset dataset = graph.dataset(partition.dataset()).orElseThrow();
        Optional<DataInterval> interval = interval(dataset, partition);
        if (partition.firstOffset() != partition.lastOffset()
                || (dataset.isPartitionedByInterval() && interval.isEmpty())) {
            problems.add(
                    located.position(),
                    partition + " is not one partition that the schedule has",
                    Optional.of("name one interval, for example \"" + partition.dataset() + "[-1]\""));
            return;
        }
        require(given.rows().path(), located.position(), problems);
        landings.add(new Landing(
                given.rows(), folder.resolve(given.rows().path()), uri(dataset, interval), dataset.format()));
        if (partition.lastOffset() < 0) {
            earlier.add(GivenWorld.place(dataset.name(), interval.orElseThrow().partition()));
        } else {
            graph.producer(dataset.name())
                    .filter(step -> graph.step(step).kind() != StepKind.SENSOR)
                    .ifPresent(replaced::add);
        }
    }

    private void require(String path, Position position, Problems problems) {
        if (!Files.exists(folder.resolve(path))) {
            problems.add(
                    position,
                    "there is no file " + path + " beside this file",
                    Optional.of("paths are from the folder of the test file"));
        }
    }

    private Optional<DataInterval> interval(Dataset dataset, InputReference partition) {
        if (!dataset.isPartitionedByInterval() || partition.lastOffset() == 0) {
            return run.interval();
        }
        return run.interval()
                .flatMap(own -> times.shift(graph.definition().schedule().orElseThrow(), own, partition.lastOffset()));
    }

    private String uri(Dataset dataset, Optional<DataInterval> interval) {
        TemplateValues values = TemplateValues.of(home.toString(), run);
        return dataset.uri().render(interval.map(values::at).orElse(values));
    }

    /** Partitions of earlier intervals that are there, by {@link GivenWorld#place}. */
    Set<String> earlier() {
        return Set.copyOf(earlier);
    }

    /**
     * Names of datasets at whose earlier partitions steps look that really run.
     *
     * @param results steps that have a given result
     */
    Set<String> lookedBackAt(Set<String> results) {
        return graph.order().stream()
                .filter(step -> !replaced.contains(step) && !results.contains(step.value()))
                .flatMap(step -> graph.step(step).inputs().stream())
                .filter(input -> input.firstOffset() < 0)
                .map(input -> input.dataset().value())
                .collect(Collectors.toSet());
    }

    /** Steps that would write what is given. */
    Set<StepId> replaced() {
        return Set.copyOf(replaced);
    }

    /**
     * Copies what can be copied.
     *
     * @return what the sample program must convert; empty when there is nothing
     */
    Optional<ObjectNode> layOut(Map<String, Located<String>> files) throws IOException {
        for (Map.Entry<String, Located<String>> file : files.entrySet()) {
            copy(
                    folder.resolve(file.getValue().value()),
                    home.resolve(file.getKey()).normalize());
        }
        ObjectNode work = JsonNodeFactory.instance.objectNode();
        for (Landing landing : landings) {
            boolean asItIs = landing.rows().types().isEmpty()
                    && landing.to().startsWith("/")
                    && landing.rows().path().endsWith("." + landing.format());
            if (asItIs) {
                copy(landing.from(), Path.of(landing.to()));
                continue;
            }
            ObjectNode node = work.withArray("land")
                    .addObject()
                    .put("from", landing.from().toString())
                    .put("to", landing.to())
                    .put("to_format", landing.format());
            landing.rows().types().forEach(node.putObject("types")::put);
        }
        return work.isEmpty() ? Optional.empty() : Optional.of(work);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(path, target);
                }
            }
        }
    }

    /** What the sample program must compare. */
    ObjectNode comparison(Map<String, Located<ExpectedRows>> expected) {
        ObjectNode work = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(expected).forEach((name, located) -> {
            ExpectedRows wanted = located.value();
            Dataset dataset = graph.dataset(new DatasetName(name)).orElseThrow();
            ObjectNode node = work.withArray("compare")
                    .addObject()
                    .put("dataset", name)
                    .put("actual", uri(dataset, run.interval()))
                    .put("actual_format", dataset.format())
                    .put("tolerance", wanted.tolerance())
                    .put("ordered", wanted.ordered());
            wanted.count().ifPresent(count -> node.put("rows", count));
            wanted.rows().ifPresent(rows -> {
                node.put("expected", folder.resolve(rows.path()).toString());
                rows.types().forEach(node.putObject("types")::put);
            });
        });
        return work;
    }
}
