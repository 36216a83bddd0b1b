package io.tidegate.server.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Says aloud that the test with two versions is left out, so that nobody takes it for passed. */
final class VersionTestsTest {
    @Test
    void leavingItOutIsTold() throws Exception {
        assertThat(TwoVersionsIT.class.getAnnotation(Tag.class).value()).isEqualTo("two-versions");
        assertThat(VersionBefore.revision()).matches("[0-9a-f]{40}");
        System.out.println("[upgrade] TwoVersionsIT runs with -Ptwo-versions alone: it builds revision "
                + VersionBefore.revision() + " once, which takes minutes");
    }
}
