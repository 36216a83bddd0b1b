package io.tidegate.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.parser.TestFileParser;
import io.tidegate.dag.parser.TestParseResult;
import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.dag.step.KubernetesPod;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.scheduler.clock.ScheduleTimes;
import io.tidegate.server.dagtest.run.Outcome;
import io.tidegate.server.dagtest.run.Simulator;
import io.tidegate.server.token.AttemptTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What executors are told of a step's secrets. */
final class SecretVariablesTest {
    @TempDir
    private Path folder;

    private Outcome play() throws IOException {
        Files.writeString(folder.resolve("a.dag.yaml"), """
                dag: a
                secrets:
                  mine: { environment: MINE }
                  other: { file: /run/secrets/other }
                  cluster: { kubernetes: { secret: warehouse, key: password } }
                params: { which: { type: secret, default: other }, plain: { type: string, default: x } }
                steps:
                  local:
                    kind: task
                    command: [echo]
                    environment: { A: "me:{{ secrets.mine }}@{{ dag.id }}", B: "{{ params.which }}", C: plain }
                  pod:
                    kind: task
                    command: [echo]
                    environment: { A: "{{ secrets.cluster }}", C: plain }
                    executor: { kubernetes: { image: "x:1", secrets: { B: { secret: s, key: k } } } }
                  wrong:
                    kind: task
                    command: [echo]
                    environment: { A: "{{ params.which }}" }
                    executor: { kubernetes: { image: "x:1" } }
                """);
        Path file = Files.writeString(folder.resolve("a.test.yaml"), "cases: { one: { expect: { run: failed } } }\n");
        TestParseResult.Tests tests = TestFileParser.parse(file).tests().orElseThrow();
        Simulator simulator = new Simulator(
                new ScheduleTimes(),
                secrets -> new StepLaunchRequests(
                        Path.of("/library.jar"),
                        Path.of(Simulator.HOME),
                        AttemptTokens.unkept(),
                        Map::of,
                        secret -> "value-of-" + secret.name()));
        return simulator
                .play(tests.graph(), tests.file().cases().get(0), tests.places())
                .orElseThrow();
    }

    private static LaunchRequest request(Outcome outcome, String step) {
        return outcome.tries(new StepId(step)).get(0).request().orElseThrow();
    }

    @Test
    void aProcessGetsValuesAndAPodReferences() throws IOException {
        Outcome outcome = play();

        LaunchRequest local = request(outcome, "local");
        assertThat(local.environment())
                .containsEntry("A", "me:value-of-mine@a")
                .containsEntry("B", "value-of-other")
                .containsEntry("TIDEGATE_PARAM_PLAIN", "x")
                .doesNotContainKey("TIDEGATE_PARAM_WHICH");
        assertThat(local.surroundings().secrets()).containsExactlyInAnyOrder("A", "B");
        assertThat(local.specification()).doesNotContain("value-of", "which");

        LaunchRequest pod = request(outcome, "pod");
        assertThat(pod.environment()).containsEntry("C", "plain").doesNotContainKey("A");
        assertThat(((ExecutorSettings.Kubernetes) pod.settings())
                        .pod()
                        .container()
                        .secrets())
                .isEqualTo(Map.of(
                        "A", new KubernetesPod.SecretKey("warehouse", "password"),
                        "B", new KubernetesPod.SecretKey("s", "k")));
        assertThat(pod.surroundings().secrets()).isEmpty();
    }

    @Test
    void aParameterThatNamesASecretOfTheServerFailsAPod() throws IOException {
        assertThat(play().end().step(new StepId("wrong")).reason())
                .isEqualTo("secret other, which A asks for, is kept on the server, and the step runs in a pod:"
                        + " give one that is kept in Kubernetes");
    }
}
