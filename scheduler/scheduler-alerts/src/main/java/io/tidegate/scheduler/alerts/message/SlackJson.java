package io.tidegate.scheduler.alerts.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.scheduler.alerts.message.AlertMessage.Action;
import io.tidegate.scheduler.view.DataViews.AlertView;

/** An alert as Slack's incoming webhooks take it: a text for notifications, and blocks for the message. Mattermost and others read the text. */
public final class SlackJson {
    /** Slack refuses a section of more than 3,000 characters; escaping may make five of one. */
    private static final int LONGEST_TEXT = 2500;

    private SlackJson() {}

    public static String of(AlertMessage message) {
        AlertView alert = message.alert();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        String title = symbol(message) + " " + escaped(shortened(message.title()));
        root.put("text", title);
        ArrayNode blocks = root.putArray("blocks");
        section(blocks, "*" + title + "*");
        if (message.action() == Action.RAISED) {
            alert.logExcerpt()
                    .map(PlainText::excerpt)
                    .map(log -> escaped(ending(log.replace("```", "'''"))))
                    .ifPresent(log -> section(blocks, "```" + log + "```"));
            if (!alert.affected().isEmpty()) {
                section(blocks, "Affected: " + escaped(shortened(String.join(", ", alert.affected()))));
            }
        }
        String links = "<" + message.runLink() + "|Run>"
                + (alert.step().isPresent() ? "  ·  <" + message.stepLink() + "|Step and log>" : "");
        boolean rerun = message.action() == Action.RAISED && message.isFailure();
        section(blocks, links + (rerun ? "  ·  `" + message.rerunCommand() + "`" : ""));
        return root.toString();
    }

    private static void section(ArrayNode blocks, String markdown) {
        ObjectNode block = blocks.addObject().put("type", "section");
        block.putObject("text").put("type", "mrkdwn").put("text", markdown);
    }

    private static String symbol(AlertMessage message) {
        if (message.action() == Action.RESOLVED) {
            return ":white_check_mark:";
        }
        return message.isFailure() ? ":red_circle:" : ":information_source:";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT / 5 ? text : text.substring(0, LONGEST_TEXT / 5) + " [...]";
    }

    private static String ending(String text) {
        String kept = text;
        while (escaped(kept).length() > LONGEST_TEXT) {
            kept = kept.substring(kept.length() / 5);
        }
        return kept;
    }

    /** The three characters Slack gives a meaning, as its documentation asks for; so nobody's log can mention @channel. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
