package io.tidegate.server.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** What the replay came to: one JSON document, and the same as a table. */
public final class DemoSummary {
    private static final double MILLISECONDS = 1000.0;

    private final ObjectNode json;

    private DemoSummary(ObjectNode json) {
        this.json = json;
    }

    /**
     * Sums up ended runs.
     *
     * @param base the moment seconds are counted from
     */
    static DemoSummary of(ApiClient client, List<JsonNode> runs, Instant base, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode intervals = JsonNodeFactory.instance.arrayNode();
        Instant last = base;
        for (JsonNode run : runs) {
            intervals.add(interval(run));
            JsonNode finished = run.path("summary").path("finished_at");
            last = finished.isTextual() ? Instant.parse(finished.asText()) : now;
        }
        models(client, json, base);
        json.put("total_seconds", seconds(Duration.between(base, last)));
        json.set("intervals", intervals);
        json.put("refits_fired", count(intervals, "refit", "succeeded"));
        json.put("refits_skipped", count(intervals, "refit", "skipped"));
        json.put("publications_accepted", verdicts(intervals, "accepted"));
        json.put("publications_rejected", verdicts(intervals, "rejected"));
        json.put("dashboard", client.address());
        return new DemoSummary(json);
    }

    /** The document, with the fields that its readers rely on. */
    public ObjectNode json() {
        return json;
    }

    /** Whether every run succeeded and there is a champion. */
    public boolean succeeded() {
        for (JsonNode interval : json.path("intervals")) {
            if (!interval.path("state").asText().equals("succeeded")) {
                return false;
            }
        }
        return json.hasNonNull("champion");
    }

    private static void models(ApiClient client, ObjectNode json, Instant base) {
        json.putNull("first_champion_seconds");
        json.putNull("champion");
        for (JsonNode model : client.get("/models").path("items")) {
            JsonNode detail = client.get(
                    "/models/" + ApiClient.encoded(model.path("model").asText()));
            JsonNode history = detail.path("history");
            if (history.isEmpty()) {
                continue;
            }
            Instant first =
                    Instant.parse(history.path(history.size() - 1).path("at").asText());
            json.put("first_champion_seconds", seconds(Duration.between(base, first)));
            json.putObject("champion")
                    .put("model", model.path("model").asText())
                    .put("version", model.path("champion").asInt())
                    .put("since", model.path("champion_since").asText())
                    .put("bundle", bundle(detail, model.path("champion").asInt()));
        }
    }

    private static String bundle(JsonNode detail, int version) {
        for (JsonNode candidate : detail.path("versions")) {
            if (candidate.path("version").asInt() == version) {
                return candidate.path("bundle").asText();
            }
        }
        return "";
    }

    private static ObjectNode interval(JsonNode run) {
        JsonNode summary = run.path("summary");
        ObjectNode interval = JsonNodeFactory.instance
                .objectNode()
                .put("interval", summary.path("interval").path("partition").asText())
                .put("run", summary.path("run").asText())
                .put("state", summary.path("state").asText())
                .put("seconds", seconds(summary));
        ArrayNode steps = interval.putArray("steps");
        for (JsonNode step : run.path("steps")) {
            ObjectNode entry = steps.addObject()
                    .put("step", step.path("step").asText())
                    .put("kind", step.path("kind").asText())
                    .put("state", step.path("state").asText())
                    .put("seconds", seconds(step))
                    .put("attempts", step.path("attempts").asInt());
            if (step.hasNonNull("verdict")) {
                entry.put("verdict", step.path("verdict").path("accepted").asBoolean() ? "accepted" : "rejected")
                        .put(
                                "explanation",
                                step.path("verdict").path("explanation").asText());
            } else if (step.hasNonNull("reading")) {
                entry.put("verdict", step.path("reading").path("open").asBoolean() ? "opened" : "shut")
                        .put(
                                "explanation",
                                step.path("reading").path("explanation").asText());
            } else {
                entry.putNull("verdict");
                entry.put("explanation", step.path("reason").asText());
            }
        }
        return interval;
    }

    private static double seconds(JsonNode node) {
        return node.hasNonNull("started_at") && node.hasNonNull("finished_at")
                ? seconds(Duration.between(
                        Instant.parse(node.path("started_at").asText()),
                        Instant.parse(node.path("finished_at").asText())))
                : 0;
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toMillis()) / MILLISECONDS;
    }

    private static int count(JsonNode intervals, String kind, String state) {
        int count = 0;
        for (JsonNode interval : intervals) {
            for (JsonNode step : interval.path("steps")) {
                count += step.path("kind").asText().equals(kind)
                                && step.path("state").asText().equals(state)
                        ? 1
                        : 0;
            }
        }
        return count;
    }

    private static int verdicts(JsonNode intervals, String verdict) {
        int count = 0;
        for (JsonNode interval : intervals) {
            for (JsonNode step : interval.path("steps")) {
                count += step.path("verdict").asText().equals(verdict) ? 1 : 0;
            }
        }
        return count;
    }

    /** A table of seconds by interval and step, a row of their sums, and what came of it all. */
    public List<String> lines(Ansi ansi) {
        List<String> names = new ArrayList<>(List.of("INTERVAL", "STATE"));
        json.path("intervals")
                .path(0)
                .path("steps")
                .forEach(step -> names.add(step.path("step").asText().toUpperCase(java.util.Locale.ROOT)));
        names.add("TOTAL");
        TextTable table = new TextTable(names.toArray(String[]::new));
        double[] sums = new double[names.size()];
        for (JsonNode interval : json.path("intervals")) {
            List<String> cells = new ArrayList<>(List.of(
                    interval.path("interval").asText(),
                    Words.state(interval.path("state").asText())));
            for (JsonNode step : interval.path("steps")) {
                sums[cells.size()] += step.path("seconds").asDouble();
                cells.add(cell(step));
            }
            sums[cells.size()] += interval.path("seconds").asDouble();
            cells.add(text(interval.path("seconds").asDouble()));
            table.row(cells.toArray(String[]::new));
        }
        List<String> totals = new ArrayList<>(List.of("@|bold seconds in all|@", ""));
        for (int column = totals.size(); column < sums.length; column++) {
            totals.add("@|bold " + text(sums[column]) + "|@");
        }
        table.row(totals.toArray(String[]::new));
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(table.lines(ansi));
        lines.add("");
        lines.add(outcome());
        return lines;
    }

    private String outcome() {
        return "refits fired " + json.path("refits_fired").asInt() + ", kept shut "
                + json.path("refits_skipped").asInt()
                + "; publications accepted "
                + json.path("publications_accepted").asInt() + ", rejected "
                + json.path("publications_rejected").asInt() + "; champion "
                + (json.hasNonNull("champion")
                        ? json.path("champion").path("model").asText() + " version "
                                + json.path("champion").path("version").asInt()
                        : "none")
                + "; first champion after "
                + text(json.path("first_champion_seconds").asDouble()) + " s, all after "
                + text(json.path("total_seconds").asDouble()) + " s\ndashboard: "
                + json.path("dashboard").asText();
    }

    private static String cell(JsonNode step) {
        String verdict = step.path("verdict").asText("");
        return switch (step.path("state").asText()) {
            case "succeeded" ->
                text(step.path("seconds").asDouble())
                        + (verdict.isEmpty() || verdict.equals("null") ? "" : " " + verdict);
            case "skipped" -> "@|faint " + (verdict.equals("shut") ? "shut" : "skipped") + "|@";
            default -> Words.state(step.path("state").asText());
        };
    }

    private static String text(double seconds) {
        return String.format(java.util.Locale.ROOT, "%.1f", seconds);
    }
}
