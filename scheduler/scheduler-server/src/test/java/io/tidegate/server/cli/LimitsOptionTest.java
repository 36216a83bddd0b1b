package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.server.testing.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that read files refuse what the server would refuse, when they know its configuration. */
final class LimitsOptionTest {
    private static final String REFUSAL = "the DAG has 3 steps; at most 2 are allowed (definitions.most_steps)";

    @TempDir
    private Path folder;

    private String dag;
    private String configuration;

    @BeforeEach
    void write() throws IOException {
        dag = Files.writeString(folder.resolve("many.dag.yaml"), """
                        dag: many
                        schedule: { cron: "@daily", zone: UTC, start: 2001-01-01 }
                        steps:
                          a: { kind: task, command: [echo] }
                          b: { kind: task, command: [echo] }
                          c: { kind: task, command: [echo] }
                        """).toString();
        Files.writeString(folder.resolve("many.test.yaml"), "cases: { all: { expect: { run: succeeded } } }\n");
        configuration = Files.writeString(folder.resolve("server.yml"), "definitions: { most_steps: 2 }\n")
                .toString();
    }

    private Command run(String command, String... more) {
        String[] arguments = Stream.concat(Arrays.stream(command.split(" ")), Arrays.stream(more))
                .map(argument -> argument.replace("DAG", dag))
                .toArray(String[]::new);
        return Command.run(Tidegate::run, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate DAG", "render DAG", "diff DAG DAG", "test DAG", "run --local DAG -p x=1"})
    void theConfiguredLimitIsNamed(String command) {
        Command refused = run(command, "--config", configuration);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains(REFUSAL, "many.dag.yaml:3:1");
    }

    @Test
    void aScheduleIsNotShownOfWhatTheServerRefuses() {
        Command refused = run("schedule DAG", "--config", configuration);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("many.dag.yaml is not a sound DAG file; see: tidegate validate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate DAG", "render DAG", "diff DAG DAG", "test DAG", "schedule DAG"})
    void withoutItTheUsualLimitHolds(String command) {
        assertThat(run(command).code()).isZero();
    }

    @Test
    void whereNoFileIsReadItIsRefused() {
        assertThat(run("run many", "--config", configuration).err())
                .contains("--sample, --keep and --config are for runs with --local");
        assertThat(run("diff many", "--config", configuration).err()).contains("--config is for files");
        assertThat(run("schedule many", "--config", configuration).err()).contains("--config is for files");
    }

    @Test
    void aConfigurationThatIsNotThereIsTold() {
        assertThat(run("validate DAG", "--config", folder + "/none.yml").err()).contains("none.yml");
    }
}
