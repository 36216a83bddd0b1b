package io.tidegate.server.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveLinesTest {
    private final StringWriter written = new StringWriter();

    private LiveLines lines(boolean terminal) {
        return new LiveLines(new PrintWriter(written), terminal);
    }

    private String written() {
        return written.toString().replace(System.lineSeparator(), "\n");
    }

    @Test
    void onATerminalTheLastLinesAreWrittenOverWhenTheyChange() {
        LiveLines lines = lines(true);
        lines.show(List.of("a 10 %", "b 20 %"));
        lines.show(List.of("a 10 %", "b 20 %"));
        lines.say("a succeeded");
        lines.show(List.of("b 30 %"));
        lines.show(List.of());

        assertThat(written())
                .isEqualTo("a 10 %\nb 20 %\n" + "\033[2A\033[J" + "a succeeded\n" + "b 30 %\n" + "\033[1A\033[J");
    }

    @Test
    void withoutATerminalThereIsTextAlone() {
        LiveLines lines = lines(false);
        lines.show(List.of("a 10 %"));
        lines.say("a succeeded");

        assertThat(written()).isEqualTo("a succeeded\n");
    }

    @Test
    void aLineThatWouldWrapIsCut() {
        lines(true).show(List.of("x".repeat(200)));

        assertThat(written()).isEqualTo("x".repeat(78) + "…\n");
    }
}
