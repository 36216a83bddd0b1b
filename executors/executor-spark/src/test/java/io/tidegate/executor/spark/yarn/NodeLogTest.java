package io.tidegate.executor.spark.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class NodeLogTest {
    private static final String PAGE = """

            Container: container_1_0002_01_000001 on localhost:41477
            LogAggregationType: LOCAL
            ====================================================================
            LogType:stdout
            LogLastModifiedTime:Thu Nov 26 09:53:31 +0000 2026
            LogLength:12
            LogContents:
            hello
            world

            End of LogType:stdout. This log file belongs to a running container.
            *******************************************************************************
            """;

    private static String part(String page, long offset, int maximumBytes) {
        return new String(
                NodeLog.part(page.getBytes(StandardCharsets.UTF_8), offset, maximumBytes), StandardCharsets.UTF_8);
    }

    @Test
    void onlyTheFileItselfIsTaken() {
        assertThat(part(PAGE, 0, 100)).isEqualTo("hello\nworld\n");
        assertThat(part(PAGE, 6, 100)).isEqualTo("world\n");
        assertThat(part(PAGE, 6, 2)).isEqualTo("wo");
        assertThat(part(PAGE, 12, 100)).isEmpty();
    }

    @Test
    void aPageWithoutAFileHasNothing() {
        assertThat(part("", 0, 100)).isEmpty();
        assertThat(part("Cannot find this log on the local disk.", 0, 100)).isEmpty();
    }
}
