package io.tidegate.dag.parser;

import static io.tidegate.dag.parser.TestFiles.definition;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CanonicalFormTest {
    private static final String DAG = """
            dag: a
            title: One
            schedule: { cron: "0 0 * * *", zone: UTC, start: 2001-01-01 }
            steps:
              one: { kind: task, command: [echo, one] }
              two: { kind: task, command: [echo, two], needs: [one] }
            """;

    static List<Path> soundFiles() {
        return TestFiles.dagsIn(TestFiles.VALID);
    }

    @Test
    void everyDefaultIsWrittenOut() {
        assertThat(CanonicalForm.of(definition("dag: a\nsteps: { b: { kind: task, command: [echo] } }")))
                .isEqualTo("{\"alerts\":[],\"dag\":\"a\",\"datasets\":{},\"libraries\":[],\"models\":{},\"params\":{},"
                        + "\"steps\":{\"b\":{\"command\":[\"echo\"],\"environment\":{},\"executor\":{\"process\":{}},"
                        + "\"inputs\":[],\"kind\":\"task\",\"needs\":[],\"outputs\":[],"
                        + "\"retries\":{\"backoff\":\"5s..2m\",\"lost\":1,\"platform\":3,\"timeout\":0,\"user\":0},"
                        + "\"timeout\":\"1h\"}},\"tags\":[]}");
    }

    @ParameterizedTest
    @MethodSource("soundFiles")
    void aCanonicalFormIsItselfADagFileThatMeansTheSame(Path file) {
        String canonical = CanonicalForm.of(definition(TestFiles.read(file)));

        assertThat(CanonicalForm.of(definition(canonical))).isEqualTo(canonical);
    }

    @Test
    void commentsOrderAndWhiteSpaceDoNotCount() {
        String same = """
                # another look
                steps:
                  two:
                    needs:
                      - one
                    command: ['echo', "two"]
                    kind: task
                    timeout: 60m       # as without it

                  one: { command: [echo, one], kind: task, executor: process }
                schedule:
                  start: "2001-01-01"
                  cron: "0  0 * * *"
                  zone: UTC
                  overlap: queue
                title: "One"
                dag: a
                """;

        assertThat(version(definition(same))).isEqualTo(version(definition(DAG)));
    }

    @Test
    void whateverMeansSomethingElseIsAnotherVersion() {
        String version = version(definition(DAG));

        assertThat(version).matches("[0-9a-f]{64}");
        for (Map.Entry<String, String> change : Map.of(
                        "title: One", "title: Two",
                        "echo, two", "echo, three",
                        "needs: [one]", "needs: []",
                        "zone: UTC", "zone: Europe/Berlin",
                        "dag: a", "dag: b")
                .entrySet()) {
            assertThat(version(definition(DAG.replace(change.getKey(), change.getValue()))))
                    .as(change.getValue())
                    .isNotEqualTo(version);
        }
    }

    @Test
    void filesBesideTheDagCount() {
        DagDefinition definition = definition(DAG);
        String without = DagVersion.of(CanonicalForm.of(definition), new TreeMap<>());
        String with = DagVersion.of(CanonicalForm.of(definition), digests("rules.yaml", "aa"));

        assertThat(with).isNotEqualTo(without);
        assertThat(DagVersion.of(CanonicalForm.of(definition), digests("rules.yaml", "bb")))
                .isNotEqualTo(with);
        assertThat(DagVersion.of(CanonicalForm.of(definition), digests("other.yaml", "aa")))
                .isNotEqualTo(with);
        assertThat(DagVersion.of(CanonicalForm.of(definition), digests("rules.yaml", "aa")))
                .isEqualTo(with);
    }

    private static SortedMap<String, String> digests(String path, String digest) {
        return new TreeMap<>(Map.of(path, digest));
    }

    private static String version(DagDefinition definition) {
        return DagVersion.of(CanonicalForm.of(definition), new TreeMap<>());
    }
}
