package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.CommandException;
import io.tidegate.server.cli.client.ExitCodes;
import io.tidegate.server.cli.text.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Follows a backfill to its end, a line for each run that ends. */
final class BackfillProgress {
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");
    private static final int PAGE = 500;
    private static final long LOOK_EVERY_MILLISECONDS = 500;

    private final ServerOptions server;
    private final ApiClient client;
    private final Map<Integer, String> told = new HashMap<>();
    private int firstOpen = -1;

    BackfillProgress(ServerOptions server, ApiClient client) {
        this.server = server;
        this.client = client;
    }

    /** Returns the exit code: done when every run it made succeeded. */
    int follow(String id) {
        JsonNode backfill = client.get("/backfills/" + id);
        if (!server.json()) {
            server.say("backfill " + id + ": " + begun(backfill) + "  " + client.address() + "/backfills/" + id);
        }
        boolean going = true;
        while (going) {
            backfill = client.get("/backfills/" + id);
            going = !isDone(backfill);
            tell(id);
            if (going) {
                pause();
            }
        }
        JsonNode progress = backfill.path("progress");
        if (server.json()) {
            server.print(backfill);
        } else {
            server.say("backfill " + id + " " + backfill.path("state").asText() + ": " + words(progress));
        }
        return progress.path("succeeded").asInt() + progress.path("left_out").asInt()
                        == progress.path("total").asInt()
                ? ExitCodes.DONE
                : ExitCodes.FAILED;
    }

    /** What it has before it, in words. */
    static String begun(JsonNode backfill) {
        JsonNode progress = backfill.path("progress");
        int leftOut = progress.path("left_out").asInt();
        int runs = progress.path("total").asInt() - leftOut;
        return Words.count(runs, "run") + " of " + backfill.path("dag").asText()
                + (leftOut == 0 ? "" : "; " + Words.count(leftOut, "interval") + " left out");
    }

    /** How far it is, in words. */
    static String words(JsonNode progress) {
        StringBuilder words = new StringBuilder(progress.path("succeeded").asText() + " succeeded");
        for (String part : new String[] {"failed", "cancelled", "running", "waiting", "left_out"}) {
            int count = progress.path(part).asInt();
            if (count > 0) {
                words.append(", ").append(count).append(' ').append(part.replace('_', ' '));
            }
        }
        return words.append(" of ").append(progress.path("total").asText()).toString();
    }

    private static boolean isDone(JsonNode backfill) {
        String state = backfill.path("state").asText();
        return state.equals("finished")
                || (state.equals("cancelled")
                        && backfill.at("/progress/running").asInt() == 0);
    }

    /** Looks from the first interval that had not ended. */
    private void tell(String id) {
        if (server.json()) {
            return;
        }
        JsonNode page = client.get(
                "/backfills/" + id + "/intervals",
                firstOpen < 0
                        ? Map.of("limit", String.valueOf(PAGE))
                        : Map.of("limit", String.valueOf(PAGE), "after", String.valueOf(firstOpen)));
        boolean allEnded = true;
        for (JsonNode interval : page.path("items")) {
            int place = interval.path("place").asInt();
            String state = interval.path("state").asText();
            boolean ended = ENDED.contains(state);
            if (ended && !state.equals(told.put(place, state))) {
                server.say(String.format(
                                "  %-16s ",
                                interval.path("interval").path("partition").asText())
                        + Words.state(state) + " in " + Words.between(interval, "started_at", "finished_at")
                        + (state.equals("succeeded")
                                ? ""
                                : "  tidegate show " + interval.path("run").asText()));
                server.out().flush();
            }
            allEnded &= ended || interval.has("left_out");
            if (allEnded) {
                firstOpen = place;
                told.remove(place);
            }
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLISECONDS));
        if (Thread.currentThread().isInterrupted()) {
            throw new CommandException(ExitCodes.FAILED, "interrupted; the backfill goes on");
        }
    }
}
