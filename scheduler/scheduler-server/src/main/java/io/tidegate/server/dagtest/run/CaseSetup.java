package io.tidegate.server.dagtest.run;

import io.tidegate.dag.data.Dataset;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.testfile.Given;
import io.tidegate.dag.parser.testfile.Given.Measured;
import io.tidegate.dag.parser.testfile.Given.ModelGiven;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.schedule.Schedule;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.store.ResolutionReads.MetricPoint;
import io.tidegate.scheduler.trigger.ParameterValues;
import io.tidegate.scheduler.trigger.TriggerException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Makes the run of a case and the world it finds, and reports what the DAG or its schedule does not allow. */
public final class CaseSetup {
    /** When a run without an interval is made. */
    private static final Instant SOME_TIME = Instant.parse("2001-01-01T00:00:00Z");

    private static final RunId RUN = RunId.of("00000000-0000-7000-8000-000000000001");
    private static final String NO_VERSION = "0".repeat(64);
    private static final int MOST_INTERVALS_A_DAY = 1440;
    private static final String PARAMETER = "parameters.";

    private final DagGraph graph;
    private final LogicalTimes times;
    private final Given given;
    private final Position place;
    private final Problems problems;
    private final Set<String> missing = new HashSet<>();

    /**
     * @param place where problems are told that concern nothing that was written
     * @param problems receives what is wrong
     */
    public CaseSetup(DagGraph graph, LogicalTimes times, Given given, Position place, Problems problems) {
        this.graph = graph;
        this.times = times;
        this.given = given;
        this.place = place;
        this.problems = problems;
    }

    /** A queued run, and what it finds. */
    public record Start(Run run, GivenWorld world) {}

    /**
     * The start; empty when something is wrong, which has been reported.
     *
     * @param earlier whether a partition of an earlier interval is there, by its {@link GivenWorld#place}
     */
    public Optional<Start> make(Predicate<String> earlier) {
        Map<String, String> parameters = parameters();
        Optional<Schedule> schedule = graph.definition().schedule();
        Optional<DataInterval> interval = schedule.flatMap(this::interval);
        if (schedule.isPresent() && interval.isEmpty()) {
            return Optional.empty();
        }
        Run run = new Run(
                RUN,
                new DagVersionId(graph.definition().id(), NO_VERSION),
                new Trigger(TriggerKind.MANUAL, "test", "test"),
                interval,
                parameters,
                new Run.Progress(
                        RunState.QUEUED,
                        interval.map(DataInterval::end).orElse(SOME_TIME),
                        Optional.empty(),
                        Optional.empty(),
                        ""));
        missing.addAll(missing(interval));
        GivenWorld world = new GivenWorld(graph, run, earlier);
        given.previous().forEach((name, word) -> world.previous(new StepId(name), word.value()));
        given.models().forEach((name, model) -> model(new ModelName(name), model, run, world));
        return Optional.of(new Start(run, world));
    }

    /** Whether a partition of an earlier interval is there: all are, but those that are said to be missing. */
    boolean isThere(String partition) {
        return !missing.contains(partition);
    }

    private Map<String, String> parameters() {
        Map<String, String> values = new HashMap<>();
        given.params().forEach((name, value) -> values.put(name, value.value()));
        List<TriggerException.Problem> wrong = new ArrayList<>();
        Map<String, String> all = new ParameterValues(graph.definition().parameters(), values).complete(wrong);
        for (TriggerException.Problem problem : wrong) {
            String name = problem.field().substring(PARAMETER.length());
            Position position = Optional.ofNullable(given.params().get(name))
                    .map(Located::position)
                    .orElse(place);
            problems.add(position, "parameter " + name + ": " + problem.message(), Optional.empty());
        }
        return all;
    }

    // The interval and those before it.

    private Optional<DataInterval> interval(Schedule schedule) {
        Optional<DataInterval> first = times.nextEndingAfter(schedule, Instant.EPOCH);
        Optional<Located<String>> named = given.interval();
        Optional<DataInterval> found = named.isPresent()
                ? first.flatMap(any -> named(schedule, any.zone(), named.get().value()))
                : first;
        if (found.isEmpty()) {
            problems.add(
                    named.map(Located::position).orElse(place),
                    "the schedule has no interval"
                            + named.map(name -> " that starts on " + name.value())
                                    .orElse(""),
                    first.flatMap(any -> named.flatMap(name -> near(schedule, any.zone(), name.value()))));
        }
        return found;
    }

    private Optional<DataInterval> named(Schedule schedule, ZoneId zone, String name) {
        LocalDate day = day(name);
        Optional<DataInterval> first = times.startingOn(schedule, day);
        if (first.isEmpty() || name.equals(day.toString())) {
            return first;
        }
        Instant until = day.plusDays(1).atStartOfDay(zone).toInstant();
        return times.starting(schedule, first.get().start(), until, MOST_INTERVALS_A_DAY).stream()
                .filter(interval -> interval.partition().equals(name))
                .findFirst();
    }

    private Optional<String> near(Schedule schedule, ZoneId zone, String name) {
        Instant start = day(name).atStartOfDay(zone).toInstant();
        return times.nextEndingAfter(schedule, start).map(interval -> "one starts on " + interval.partition());
    }

    private static LocalDate day(String name) {
        return LocalDate.parse(name.substring(0, "2001-01-31".length()));
    }

    /** Start of the interval some places before the run's; for a run without an interval the days before it. */
    private Optional<DataInterval> before(Run run, int places) {
        if (run.interval().isPresent()) {
            return times.shift(
                    graph.definition().schedule().orElseThrow(), run.interval().get(), -places);
        }
        Instant start = run.progress().createdAt().minus(Duration.ofDays(places));
        return Optional.of(new DataInterval(start, start.plus(Duration.ofDays(1)), java.time.ZoneOffset.UTC));
    }

    // What is known.

    private Set<String> missing(Optional<DataInterval> interval) {
        Set<String> places = new HashSet<>();
        for (Located<InputReference> reference : given.missing()) {
            InputReference partitions = reference.value();
            Optional<Dataset> dataset = graph.dataset(partitions.dataset()).filter(Dataset::isPartitionedByInterval);
            if (dataset.isEmpty() || interval.isEmpty() || partitions.lastOffset() == 0) {
                problems.add(
                        reference.position(),
                        partitions.dataset() + " of the run's own interval is written by the run or comes from outside",
                        Optional.of("only partitions of earlier intervals can be missing, for example \""
                                + partitions.dataset() + "[-1]\""));
                continue;
            }
            for (int offset = partitions.firstOffset(); offset <= partitions.lastOffset(); offset++) {
                times.shift(graph.definition().schedule().orElseThrow(), interval.get(), offset)
                        .ifPresent(earlier -> places.add(GivenWorld.place(partitions.dataset(), earlier.partition())));
            }
        }
        return places;
    }

    private void model(ModelName name, Located<ModelGiven> located, Run run, GivenWorld world) {
        ModelGiven model = located.value();
        model.champion().ifPresent(version -> world.champion(name, Math.toIntExact(version)));
        model.sinceTraining()
                .ifPresent(places -> before(run, Math.toIntExact(places))
                        .ifPresentOrElse(
                                interval -> world.trained(name, interval.start()),
                                () -> tooEarly(located.position(), places + " intervals since training", run)));
        model.history().forEach((metric, values) -> history(name, metric, values, run, world));
    }

    private void history(ModelName model, String metric, Located<List<Measured>> values, Run run, GivenWorld world) {
        int count = values.value().size();
        for (int position = 0; position < count; position++) {
            Measured measured = values.value().get(position);
            Optional<DataInterval> interval = before(run, count - position);
            if (interval.isEmpty()) {
                tooEarly(values.position(), "a history of " + count + " intervals", run);
                return;
            }
            world.measured(
                    model,
                    metric,
                    new MetricPoint(
                            interval.get().partition(),
                            interval.get().start(),
                            measured.value(),
                            Reports.samples(measured)));
        }
    }

    private void tooEarly(Position position, String what, Run run) {
        problems.add(
                position,
                what + " does not fit: the schedule does not have that many intervals before "
                        + run.interval().map(DataInterval::partition).orElse("the run"),
                Optional.of("give the case a later interval"));
    }
}
