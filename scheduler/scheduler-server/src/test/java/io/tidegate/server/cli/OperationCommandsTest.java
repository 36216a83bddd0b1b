package io.tidegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.testing.Api;
import io.tidegate.server.testing.Command;
import io.tidegate.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do with DAGs and runs when something went wrong: each command against a running server. */
final class OperationCommandsTest {
    @RegisterExtension
    static final TestServer SERVER = TestServer.with("small-loop");

    private final Api api = SERVER.api();

    private static Command on(String... arguments) {
        return Command.on(SERVER.home(), Tidegate::run, arguments);
    }

    @Test
    void aPauseSaysWhoAndWhyAndEndsWithWhatCatchUpMakes() {
        Command pause = on("pause", "small-loop", "--reason", "the source is down");
        assertThat(pause.code()).as(pause.err()).isZero();
        assertThat(pause.out()).contains("paused", "tidegate unpause small-loop");
        JsonNode shown = api.get("/dags/small-loop").body();
        assertThat(shown.at("/summary/paused").asBoolean()).isTrue();
        assertThat(shown.at("/summary/pause/reason").asText()).isEqualTo("the source is down");
        assertThat(shown.at("/summary/pause/actor").asText()).isEqualTo("local user");
        assertThat(shown.at("/summary/pause/missed_intervals").asInt()).isZero();
        assertThat(shown.at("/events/0/type").asText()).isEqualTo("dag_paused");

        Command unpause = on("unpause", "small-loop");
        assertThat(unpause.code()).as(unpause.err()).isZero();
        assertThat(unpause.out()).contains("scheduled again; no intervals passed meanwhile");
        assertThat(on("unpause", "small-loop").out()).contains("was not paused");
        JsonNode after = api.get("/dags/small-loop").body();
        assertThat(after.at("/summary").has("pause")).isFalse();
        assertThat(after.path("events").findValuesAsText("type")).containsExactly("dag_unpaused", "dag_paused");
        assertThat(on("pause", "no-such-dag").code()).isEqualTo(4);
    }
}
