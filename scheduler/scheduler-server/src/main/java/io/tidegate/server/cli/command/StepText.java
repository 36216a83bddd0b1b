package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.text.Words;
import java.util.ArrayList;
import java.util.List;

/** What decided a step's fate, in words. */
final class StepText {
    private StepText() {}

    /** One sentence: the verdict of a gate, the reading of a threshold, or the step's reason. */
    static String why(JsonNode step) {
        if (step.has("mark")) {
            return Words.text(step, "reason");
        }
        for (String finding : List.of("verdict", "reading")) {
            String explanation = step.path(finding).path("explanation").asText("");
            if (!explanation.isEmpty()) {
                return Words.clean(explanation);
            }
        }
        return Words.text(step, "reason");
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
