package io.tidegate.dag.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagDefinition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DagWriterTest {
    static List<Path> soundFiles() {
        return TestFiles.sound();
    }

    @ParameterizedTest
    @MethodSource("soundFiles")
    void whatIsWrittenIsReadBackAsItWas(Path file) {
        DagDefinition definition = TestFiles.definition(file);
        String written = DagWriter.write(definition);

        assertThat(TestFiles.definition(written)).as(written).isEqualTo(definition);
        assertThat(CanonicalForm.of(TestFiles.definition(written))).isEqualTo(CanonicalForm.of(definition));
    }

    @Test
    void theLongFormIsInTheOrderOfTheDefinition() {
        assertThat(DagWriter.write(TestFiles.definition("""
                steps:
                  two: { kind: task, command: [echo, "{{ params.b }}", "no", "1.10", "a: b", ""] }
                  one: { kind: task, command: [echo, "first\\nsecond"], needs: [two] }
                params: { b: { type: string, default: "x" }, a: { type: integer, default: 1, max: 2 } }
                dag: hello
                """))).isEqualTo("""
                dag: hello
                params:
                  b: {default: x, type: string}
                  a: {default: '1', max: 2, type: integer}
                steps:
                  two:
                    kind: task
                    command: [echo, '{{ params.b }}', no, '1.10', 'a: b', '']
                    executor:
                      process: {}
                    timeout: 1h
                    retries: {backoff: 5s..2m, lost: 1, platform: 3, timeout: 0, user: 0}
                  one:
                    kind: task
                    needs: [two]
                    command:
                    - echo
                    - |-
                      first
                      second
                    executor:
                      process: {}
                    timeout: 1h
                    retries: {backoff: 5s..2m, lost: 1, platform: 3, timeout: 0, user: 0}
                """);
    }
}
