package io.tidegate.scheduler.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.template.Template;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.sample.FakeConditions;
import io.tidegate.scheduler.sample.FakeReads;
import io.tidegate.scheduler.sample.PlainJson;
import io.tidegate.scheduler.sample.Weeks;
import io.tidegate.scheduler.state.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The items of a step that runs for each item of a list. */
final class StepItemsTest {
    private final FakeReads reads = new FakeReads();
    private final StepResolver resolver =
            new StepResolver(reads, new Weeks(), new FakeConditions(), new PlainJson(), "/data");

    private static Run run(DagGraph graph) {
        return new Run(
                RunId.of("01970000-0000-7000-8000-0123456789ab"),
                new DagVersionId(graph.definition().id(), "hash"),
                new Trigger(TriggerKind.MANUAL, "k", "ada"),
                Optional.empty(),
                Map.of(),
                new Run.Progress(RunState.RUNNING, Instant.EPOCH, Optional.empty(), Optional.empty(), ""));
    }

    private static Foreach foreach(int atMost, Map<String, Foreach.Items> items) {
        return new Foreach(items, atMost, OptionalInt.empty(), Foreach.OnFailure.KEEP_GOING);
    }

    private static Foreach.Items named(String name) {
        return new Foreach.Named(new Template("{{ " + name + " }}"));
    }

    private List<String> keys(Map<String, Foreach.Items> items, Map<String, String> parameters) {
        DagGraph graph = new DagBuilder("fan")
                .task("list")
                .foreach(foreach(4, items))
                .task("score")
                .build();
        Run run = run(graph);
        Run given = new Run(run.id(), run.version(), run.trigger(), run.interval(), parameters, run.progress());
        Resolution resolution = resolver.withoutReads(graph, given, new StepId("score"))
                .orElseGet(() -> resolver.resolve(graph, given, new StepId("score")));
        if (resolution instanceof Resolution.Expand expand) {
            return expand.items().stream().map(Item::key).toList();
        }
        return List.of(
                resolution instanceof Resolution.Fail fail ? fail.reason() : ((Resolution.Skip) resolution).reason());
    }

    @Test
    void itemsComeFromListsParametersAndEarlierSteps() {
        Foreach.Items literal = new Foreach.Literal(List.of("ORD", "New York"));
        assertThat(keys(Map.of("airport", literal), Map.of())).containsExactly("ord", "new-york");
        assertThat(keys(Map.of("airport", named("params.airports")), Map.of("airports", "ord, jfk,")))
                .containsExactly("ord", "jfk");
        assertThat(keys(Map.of("airport", named("params.airports")), Map.of("airports", "")))
                .containsExactly("foreach has no items");

        reads.outputs("list", Map.of("airports", "[\"ord\",\"jfk\"]", "rows", "12"));
        assertThat(keys(Map.of("airport", named("outputs.list.airports")), Map.of()))
                .containsExactly("ord", "jfk");
        assertThat(keys(Map.of("airport", named("outputs.list.rows")), Map.of()))
                .containsExactly("foreach goes through outputs.list.rows, which is no list but 12");
    }

    @Test
    void twoVariablesMakePairsAndTooManyAreRefused() {
        Foreach.Items airports = new Foreach.Literal(List.of("ord", "jfk"));
        assertThat(keys(Map.of("airport", airports, "month", new Foreach.Literal(List.of("1", "2"))), Map.of()))
                .containsExactly("ord-1", "ord-2", "jfk-1", "jfk-2");
        assertThat(keys(Map.of("airport", airports, "month", new Foreach.Literal(List.of("1", "2", "3"))), Map.of()))
                .containsExactly("foreach has 6 items, and at_most is 4; it may be raised to 1000");
    }

    @Test
    void itemsThatCannotBeToldApartByTheirValuesAreNumbered() {
        assertThat(keys(Map.of("airport", new Foreach.Literal(List.of("a b", "a-b"))), Map.of()))
                .containsExactly("0", "1");
    }

    @Test
    void anAuthorsNameTellsItemsApart() {
        Foreach.Items airports = new Foreach.Literal(List.of("ORD", "New York"));
        assertThat(named(airports, "no {{ item.index }} {{ item.airport }}"))
                .containsExactly("no-0-ord", "no-1-new-york");
        assertThat(named(airports, "all"))
                .containsExactly(
                        "two items of score would be called 'all':" + " name in foreach has to tell them apart");
        assertThat(named(airports, "?"))
                .containsExactly("an item of score would be called '?': names of items have"
                        + " letters and digits, and with the step's name at most 62 characters");
    }

    private List<String> named(Foreach.Items airports, String name) {
        Foreach foreach = new Foreach(
                Map.of("airport", airports),
                Optional.of(new Template(name)),
                4,
                OptionalInt.empty(),
                Foreach.OnFailure.KEEP_GOING);
        DagGraph graph = new DagBuilder("fan").foreach(foreach).task("score").build();
        Resolution resolution =
                resolver.withoutReads(graph, run(graph), new StepId("score")).orElseThrow();
        return resolution instanceof Resolution.Expand expand
                ? expand.items().stream().map(Item::key).toList()
                : List.of(((Resolution.Fail) resolution).reason());
    }

    @Test
    void aJoinSeesTheValuesOfItemsAsAList() {
        DagGraph graph = new DagBuilder("fan")
                .foreach(foreach(4, Map.of("airport", new Foreach.Literal(List.of("ord", "jfk", "lax")))))
                .task("score")
                .once()
                .command("join", "{{ outputs.score.rows }}")
                .task("join")
                .build();
        reads.itemOutputs("score", List.of(Map.of("rows", "1"), Map.of(), Map.of("rows", "3")));

        assertThat(((Resolution.Launch) resolver.resolve(graph, run(graph), new StepId("join")))
                        .work()
                        .values())
                .isEqualTo(Map.of("outputs.score.rows", "[1,null,3]"));
    }
}
