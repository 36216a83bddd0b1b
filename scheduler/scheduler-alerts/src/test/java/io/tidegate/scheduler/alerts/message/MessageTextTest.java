package io.tidegate.scheduler.alerts.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.scheduler.alerts.Samples;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MessageTextTest {
    @Test
    void slackSectionsStayUnderSlacksLimitAndCannotBeBrokenOutOf() throws IOException {
        String hostile = "<!channel> ``` & ".repeat(5_000) + "the last line";
        JsonNode json = new ObjectMapper().readTree(SlackJson.of(Samples.raised(Samples.alert(1, hostile, hostile))));
        json.path("blocks").forEach(block -> {
            String text = block.path("text").path("text").textValue();
            assertThat(text).hasSizeLessThan(3_000).doesNotContain("<!channel>");
        });
        String log = json.path("blocks").get(1).path("text").path("text").textValue();
        assertThat(log).startsWith("```").endsWith("the last line```");
        assertThat(log.substring(3, log.length() - 3)).doesNotContain("```");
    }

    @Test
    void theEndOfAProblemNeedsNoAdvice() throws IOException {
        assertThat(PlainText.of(Samples.resolved(7))).startsWith("Resolved: ").doesNotContain("rerun", "From the log");
        JsonNode slack = new ObjectMapper().readTree(SlackJson.of(Samples.resolved(7)));
        assertThat(slack.path("text").textValue()).startsWith(":white_check_mark: Resolved:");
        assertThat(slack.path("blocks")).hasSize(2);
    }
}
