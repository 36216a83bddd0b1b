package io.tidegate.scheduler.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobLinksTest {
    @Test
    void anApplicationHasItsOwnPageAndItsPlaceInTheHistoryServer() {
        assertThat(JobLinks.of(Map.of(
                        "trackingUrl", "http://rm:8088/proxy/application_1_2/",
                        "historyServer", "https://history:18080",
                        "applicationId", "application_1_2")))
                .containsExactly(
                        new RunViews.Link("application", "http://rm:8088/proxy/application_1_2/"),
                        new RunViews.Link("history", "https://history:18080/history/application_1_2/"));
    }

    @Test
    void theHistoryServerIsLinkedAlsoWhileTheApplicationHasNoName() {
        assertThat(JobLinks.of(Map.of("historyServer", "http://history:18080/")))
                .containsExactly(new RunViews.Link("history", "http://history:18080/"));
        assertThat(JobLinks.of(Map.of("pod", "a", "node", "b"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "//host/path",
                "N/A",
                "http:",
                ""
            })
    void whatIsNoAddressOfTheWebIsNoLink(String text) {
        assertThat(JobLinks.of(Map.of("trackingUrl", text))).isEmpty();
    }
}
