package io.tidegate.scheduler.alerts.message;

import io.tidegate.scheduler.alerts.message.AlertMessage.Action;
import io.tidegate.scheduler.view.DataViews.AlertView;

/** An alert as plain text: the body of a mail. */
public final class PlainText {
    private static final int LONGEST_EXCERPT = 4000;

    private PlainText() {}

    /** What happened, why, what it affects, and what to do; lines end with a line feed. */
    public static String of(AlertMessage message) {
        AlertView alert = message.alert();
        StringBuilder text = new StringBuilder(message.title()).append("\n\n");
        if (message.action() == Action.RAISED) {
            alert.logExcerpt()
                    .map(PlainText::excerpt)
                    .ifPresent(excerpt -> text.append("From the log:\n")
                            .append(excerpt.indent(4))
                            .append('\n'));
            if (!alert.affected().isEmpty()) {
                text.append("Affected: ")
                        .append(String.join(", ", alert.affected()))
                        .append("\n\n");
            }
        }
        text.append("DAG:   ").append(alert.dag()).append('\n');
        alert.partition()
                .ifPresent(
                        partition -> text.append("Interval: ").append(partition).append('\n'));
        text.append("Run:   ").append(message.runLink()).append('\n');
        if (alert.step().isPresent()) {
            text.append("Step and log: ").append(message.stepLink()).append('\n');
        }
        text.append("Since: ").append(alert.openedAt()).append('\n');
        if (message.action() == Action.RAISED && message.isFailure()) {
            text.append("\nWhen the cause is mended:\n    ")
                    .append(message.rerunCommand())
                    .append('\n');
        }
        return text.toString();
    }

    /** The end of a long excerpt: there the failing line is. Control characters, colours among them, are taken out. */
    public static String excerpt(String log) {
        String clean = log.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]", "")
                .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "")
                .strip();
        return clean.length() <= LONGEST_EXCERPT ? clean : "[...] " + clean.substring(clean.length() - LONGEST_EXCERPT);
    }
}
