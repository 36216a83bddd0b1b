package io.tidegate.server.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.client.RunReferences;
import io.tidegate.server.cli.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Backfills the example DAG through the REST interface, and follows its runs. */
public final class DemoReplay {
    /** The DAG that is replayed. */
    public static final String DAG = "late-arrivals";

    private static final LocalDate FIRST_INTERVAL = LocalDate.of(2001, 1, 1);
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");
    private static final long LOOK_EVERY_MILLISECONDS = 250;

    private final ApiClient client;
    private final DemoDisplay display;
    private final InstantSource clock;

    public DemoReplay(ApiClient client, DemoDisplay display, InstantSource clock) {
        this.client = client;
        this.display = display;
        this.clock = clock;
    }

    /**
     * Replays intervals to their end, after the replays that were begun before. Those that were replayed before are shown as they ended.
     *
     * @param count how many weeks, from the first of the data on
     * @param started when the command was started
     */
    public DemoSummary run(int count, Instant started) {
        client.get("/backfills", Map.of("dag", DAG)).path("items").forEach(this::awaitEnd);
        JsonNode backfill = client.post(
                "/dags/" + DAG + "/backfills",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("from", FIRST_INTERVAL.toString())
                        .put("to", FIRST_INTERVAL.plusWeeks(count - 1L).toString()));
        String id = backfill.path("id").asText();
        int total = backfill.at("/progress/total").asInt();
        int there = backfill.at("/progress/left_out").asInt();
        display.say(
                there == 0
                        ? "replaying " + total + " weeks of flights, one after the other"
                        : "replaying " + total + " weeks of flights; " + there
                                + " of them were begun before and are not begun again");
        List<JsonNode> details = new ArrayList<>();
        for (int week = 0; week < total; week++) {
            details.add(follow(run(id, week), week + 1, total));
        }
        display.clear();
        Instant base = there == 0
                ? started
                : Instant.parse(
                        details.get(0).path("summary").path("created_at").asText());
        return DemoSummary.of(client, details, base, clock.instant());
    }

    /**
     * A replay that an earlier server left goes on by itself. A second one beside it would begin weeks before the weeks that they build on have
     * ended.
     */
    private void awaitEnd(JsonNode earlier) {
        JsonNode backfill = earlier;
        if (isGoing(backfill)) {
            display.say("a replay that was begun before goes on, and is finished first");
        }
        while (isGoing(backfill)) {
            JsonNode progress = backfill.path("progress");
            int there = progress.path("total").asInt()
                    - progress.path("waiting").asInt()
                    - progress.path("running").asInt();
            display.show("  " + there + " of " + progress.path("total").asInt() + " weeks are there");
            pause();
            backfill = client.get("/backfills/" + backfill.path("id").asText());
        }
        display.clear();
    }

    private static boolean isGoing(JsonNode backfill) {
        return backfill.path("state").asText().equals("running");
    }

    /** The run of a week: the one that the backfill makes when the week before has ended, or the one that was there before. */
    private String run(String backfill, int week) {
        while (true) {
            JsonNode interval = client.get(
                            "/backfills/" + backfill + "/intervals",
                            Map.of("after", String.valueOf(week - 1), "limit", "1"))
                    .path("items")
                    .path(0);
            if (interval.has("run")) {
                return interval.path("run").asText();
            }
            if (interval.has("left_out")) {
                return RunReferences.resolve(
                        client, DAG + "@" + interval.at("/interval/partition").asText());
            }
            pause();
        }
    }

    private JsonNode follow(String run, int position, int all) {
        JsonNode detail = client.get("/runs/" + run);
        while (!ENDED.contains(detail.path("summary").path("state").asText())) {
            display.show(now(detail, position, all));
            pause();
            detail = client.get("/runs/" + run);
        }
        display.clear();
        display.say(ended(detail));
        return detail;
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLISECONDS));
        if (Thread.currentThread().isInterrupted()) {
            throw new CommandException(ExitCodes.FAILED, "interrupted");
        }
    }

    private String now(JsonNode detail, int position, int all) {
        StringBuilder line = new StringBuilder(String.format("  [%2d/%d] %s ", position, all, partition(detail)));
        for (JsonNode step : detail.path("steps")) {
            String name = step.path("step").asText();
            switch (step.path("state").asText()) {
                case "succeeded" -> line.append(" ✓").append(name);
                case "skipped" -> line.append(" –").append(name);
                case "failed", "upstream_failed", "cancelled" ->
                    line.append(" ✗").append(name);
                case "running", "resolving", "retrying" ->
                    line.append(" ▶").append(name).append(elapsed(step));
                default -> line.append(" ·").append(name);
            }
        }
        return line.toString();
    }

    private String elapsed(JsonNode step) {
        if (!step.hasNonNull("started_at")) {
            return "";
        }
        Duration since = Duration.between(Instant.parse(step.path("started_at").asText()), clock.instant());
        return " " + Words.duration(since.isNegative() ? Duration.ZERO : since);
    }

    private static String ended(JsonNode detail) {
        StringBuilder line = new StringBuilder("  @|bold " + partition(detail) + "|@  "
                + Words.state(detail.path("summary").path("state").asText()) + "  "
                + Words.between(detail.path("summary"), "started_at", "finished_at"));
        for (JsonNode step : detail.path("steps")) {
            String kind = step.path("kind").asText();
            if (step.path("state").asText().equals("failed")) {
                line.append("\n      ")
                        .append(step.path("step").asText())
                        .append(": ")
                        .append(Words.text(step, "reason"));
            } else if (kind.equals("refit")) {
                line.append("\n      refit: ").append(Words.text(step.path("reading"), "explanation"));
            } else if (kind.equals("publish") && step.hasNonNull("verdict")) {
                line.append("\n      gate:  ").append(Words.text(step.path("verdict"), "explanation"));
            }
        }
        return line.toString();
    }

    private static String partition(JsonNode detail) {
        return detail.path("summary").path("interval").path("partition").asText();
    }
}
