package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What decided a step's fate, in words. */
final class StepText {
    private static final int BAR = 20;

    private StepText() {}

    /** One sentence: the verdict of a gate, the reading of a threshold, or the step's reason. */
    static String why(JsonNode step) {
        if (step.has("waits_for")) {
            return Words.text(step, "waits_for");
        }
        if (step.has("mark")) {
            return Words.text(step, "reason");
        }
        for (String finding : List.of("verdict", "reading")) {
            String explanation = step.path(finding).path("explanation").asText("");
            if (!explanation.isEmpty()) {
                return Words.clean(explanation);
            }
        }
        return step.path("reason").asText("").isEmpty()
                ? subRun(step).orElseGet(() -> Words.text(step, "reason"))
                : Words.text(step, "reason");
    }

    /** The run that the step has started, and where it stands; empty when it has started none. */
    static Optional<String> subRun(JsonNode step) {
        JsonNode run = step.path("sub_run");
        return run.isObject()
                ? Optional.of("run " + Words.text(run, "run") + " of " + Words.text(run, "dag") + ", "
                        + Words.text(run, "state"))
                : Optional.empty();
    }

    /** How far a running step is: a bar, percent and words; empty text when nobody has said. */
    static String progress(JsonNode stepOrAttempt) {
        JsonNode progress = stepOrAttempt.path("progress");
        if (!progress.isObject()) {
            return "";
        }
        int filled = (int) Math.round(progress.path("fraction").asDouble() * BAR);
        String message = Words.clean(progress.path("message").asText(""));
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + percent(stepOrAttempt) + " %"
                + (message.isEmpty() ? "" : "  " + message);
    }

    /** Whole percent, rounded down, so that only what is done is told as done. */
    static int percent(JsonNode stepOrAttempt) {
        return (int) Math.floor(stepOrAttempt.path("progress").path("fraction").asDouble() * 100);
    }

    /** The rules behind it, a line each. */
    static List<String> findings(JsonNode step) {
        List<String> lines = new ArrayList<>();
        step.path("reading")
                .path("rules")
                .forEach(rule -> lines.add(
                        "  " + mark(rule) + " " + Words.text(rule, "rule") + ": " + Words.text(rule, "explanation")));
        step.path("verdict")
                .path("rules")
                .forEach(rule -> lines.add(
                        "  " + mark(rule) + " " + Words.text(rule, "rule") + ": " + Words.text(rule, "explanation")));
        return lines;
    }

    private static String mark(JsonNode rule) {
        return rule.path("holds").asBoolean() ? "@|green holds|@    " : "@|yellow does not|@";
    }
}
