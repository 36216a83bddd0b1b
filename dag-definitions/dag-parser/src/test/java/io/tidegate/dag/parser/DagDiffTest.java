package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.diff.Change;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DagDiffTest {
    private static final String DAG = """
            dag: loop
            title: One
            schedule: { cron: "0 0 * * *", zone: UTC, start: 2001-01-01 }
            params: { least: { type: integer, default: 1 } }
            datasets:
              raw: { class: raw, format: csv, uri: "{{ home }}/raw/{{ interval.start.date }}" }
              clean: { class: deterministic, format: csv, uri: "{{ home }}/clean/{{ interval.start.date }}" }
            steps:
              land: { kind: ingest, outputs: [raw], command: [land] }
              cleanse: { kind: cleanse, inputs: [raw], outputs: [clean], command: [clean, --fast], timeout: 20m }
              tell: { kind: task, needs: [cleanse], command: [tell] }
            """;

    private static DagGraph graph(String source) {
        return DagParser.parse("loop.dag.yaml", source).graph().orElseThrow();
    }

    private static List<Change> changes(String after) {
        return DagDiff.between(graph(DAG), graph(after));
    }

    private static List<String> said(String text, String other) {
        assertThat(DAG).contains(text);
        return changes(DAG.replace(text, other)).stream().map(Change::text).toList();
    }

    @Test
    void whatMeansTheSameIsNoChange() {
        assertThat(said("timeout: 20m", "timeout: 1200s, executor: process")).isEmpty();
    }

    @Test
    void fieldsAreToldWithTheirValues() {
        assertThat(said("timeout: 20m", "timeout: 40m")).containsExactly("step cleanse: timeout 20m -> 40m");
        assertThat(said("timeout: 20m", "timeout: 20m, retries: { user: 2 }"))
                .containsExactly("step cleanse: retries user 0 -> 2");
        assertThat(said("title: One", "title: Two")).containsExactly("title One -> Two");
        assertThat(said("title: One\n", "")).containsExactly("title One removed");
        assertThat(said("start: 2001-01-01", "start: 2001-01-01, catchup: all"))
                .containsExactly("schedule catchup none -> all");
        assertThat(said("default: 1 }", "default: 1, max: 9 }")).containsExactly("parameter least: max 9 added");
        assertThat(said("uri: \"{{ home }}/raw/", "uri: \"{{ home }}/landed/"))
                .containsExactly("dataset raw: uri {{ home }}/raw/{{ interval.start.date }}"
                        + " -> {{ home }}/landed/{{ interval.start.date }}");
    }

    @Test
    void aChoiceIsToldAsOne() {
        assertThat(said("[tell]", "[tell], executor: { kubernetes: { image: tell } }")
                        .get(0))
                .startsWith("step tell: executor process -> kubernetes { ");
    }

    @Test
    void listsAreToldByWhatCameAndWent() {
        assertThat(said("inputs: [raw]", "inputs: [raw, \"raw[-1]\"]"))
                .containsExactly("step cleanse: inputs raw[-1] added");
        assertThat(said("[clean, --fast]", "[clean]")).containsExactly("step cleanse: command --fast removed");
        assertThat(said("[clean, --fast]", "[clean, --slow]"))
                .containsExactly("step cleanse: command [clean, --fast] -> [clean, --slow]");
        assertThat(said("[clean, --fast]", "[--fast, clean]"))
                .containsExactly("step cleanse: command [clean, --fast] -> [--fast, clean]");
        assertThat(said("[clean, --fast]", "[clean, --fast, clean]"))
                .containsExactly("step cleanse: command [clean, --fast] -> [clean, --fast, clean]");
    }

    @Test
    void stepsAndEdgesComeAndGo() {
        assertThat(said("  tell: { kind: task, needs: [cleanse], command: [tell] }\n", ""))
                .containsExactly("step tell removed");
        assertThat(said("  tell:", "  look: { kind: task, command: [look], needs: [cleanse] }\n  tell:"))
                .containsExactly("step look added (task)");
        assertThat(said("needs: [cleanse]", "needs: [land]"))
                .containsExactly(
                        "step tell: needs [cleanse] -> [land]",
                        "edge cleanse -> tell removed",
                        "edge land -> tell added");
        assertThat(said("kind: task, needs: [cleanse]", "kind: task, inputs: [clean]"))
                .containsExactly(
                        "step tell: needs cleanse removed",
                        "step tell: inputs clean added",
                        "edge cleanse -> tell removed",
                        "edge cleanse -> tell through clean added");
    }

    @Test
    void aChangeHasItsPlaceAndBothValues() {
        assertThat(changes(DAG.replace("timeout: 20m", "timeout: 40m")))
                .containsExactly(new Change(
                        Change.Kind.CHANGED,
                        "steps.cleanse.timeout",
                        Optional.of("20m"),
                        Optional.of("40m"),
                        "step cleanse: timeout 20m -> 40m"));
    }
}
