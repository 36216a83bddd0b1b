package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.LiveLines;
import io.tidegate.server.cli.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows a run to its end, a line for each step that ends. Running steps have a line with a bar each that is written over; where there is no
 * terminal, a line whenever another tenth is done.
 */
final class RunProgress {
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "skipped", "upstream_failed", "cancelled");
    private static final long LOOK_EVERY_MILLISECONDS = 500;
    private static final int TENTH = 10;

    private final ServerOptions server;
    private final ApiClient client;
    private final LiveLines lines;

    private RunProgress(ServerOptions server, ApiClient client) {
        this.server = server;
        this.client = client;
        this.lines = new LiveLines(server.out(), server.terminal());
    }

    static RunProgress of(ServerOptions server, ApiClient client) {
        return new RunProgress(server, client);
    }

    /** Returns the exit code: done when the run succeeded. */
    int follow(String run) {
        return follow(run, "");
    }

    /**
     * Follows a run that is to go again.
     *
     * @param endedBefore when it had ended before, as the server wrote it: that end is not the one waited for
     */
    int follow(String run, String endedBefore) {
        Map<String, String> told = new HashMap<>();
        JsonNode detail = client.get("/runs/" + run);
        if (!server.json()) {
            server.say("run " + run + "  " + client.address() + "/runs/" + run);
        }
        if (!server.json() && detail.path("summary").path("state").asText().equals("queued")) {
            server.say("  @|faint queued; other runs of "
                    + detail.path("summary").path("dag").asText() + " may have to end first|@");
        }
        while (!hasEnded(detail, endedBefore)) {
            if (ENDED.contains(detail.path("summary").path("state").asText())) {
                detail.path("steps").forEach(step -> told.put(step.path("step").asText(), news(step)));
            } else {
                tell(detail, told);
            }
            pause();
            detail = client.get("/runs/" + run);
        }
        tell(detail, told);
        lines.show(List.of());
        JsonNode summary = detail.path("summary");
        if (server.json()) {
            server.print(detail);
        } else {
            server.say(Words.state(summary.path("state").asText()) + " in "
                    + Words.between(summary, "started_at", "finished_at") + "  "
                    + Words.clean(summary.path("reason").asText()));
        }
        return summary.path("state").asText().equals("succeeded") ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static boolean hasEnded(JsonNode detail, String endedBefore) {
        JsonNode summary = detail.path("summary");
        return ENDED.contains(summary.path("state").asText())
                && !summary.path("finished_at").asText().equals(endedBefore);
    }

    private void tell(JsonNode detail, Map<String, String> told) {
        if (server.json()) {
            return;
        }
        List<String> running = new ArrayList<>();
        for (JsonNode step : detail.path("steps")) {
            String state = step.path("state").asText();
            if (lines.isTerminal() && state.equals("running")) {
                running.add(name(step) + "running  " + StepText.progress(step));
            } else if (ENDED.contains(state) || state.equals("running") || state.equals("retrying")) {
                tell(step, state, told);
            }
        }
        lines.show(running);
    }

    private void tell(JsonNode step, String state, Map<String, String> told) {
        String key = step.path("step").asText();
        String news = news(step);
        if (news.equals(told.put(key, news))) {
            return;
        }
        String progress = progress(step, state);
        String took = ENDED.contains(state) ? Words.between(step, "started_at", "finished_at") : "";
        String why = progress.isEmpty() ? StepText.why(step) : progress;
        lines.say(server.ansi().string(name(step) + Words.state(state) + "  " + took + "  " + why));
    }

    /** What is told once: a step that fails again, as fast as it may, is told again. */
    private static String news(JsonNode step) {
        String state = step.path("state").asText();
        String progress = progress(step, state).isEmpty() ? "" : " " + StepText.percent(step) / TENTH;
        return state + progress + " " + step.path("finished_at").asText();
    }

    private static String progress(JsonNode step, String state) {
        return state.equals("running") ? StepText.progress(step) : "";
    }

    private static String name(JsonNode step) {
        return String.format("  %-16s ", step.path("step").asText());
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLISECONDS));
        if (Thread.currentThread().isInterrupted()) {
            throw new CommandException(ExitCodes.FAILED, "interrupted; the run goes on");
        }
    }
}
