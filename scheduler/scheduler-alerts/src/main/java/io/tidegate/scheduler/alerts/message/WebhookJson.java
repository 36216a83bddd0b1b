package io.tidegate.scheduler.alerts.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.scheduler.alerts.message.AlertMessage.Action;
import io.tidegate.scheduler.view.DataViews.AlertView;

/** An alert as JSON for programs; its fields are documented in the operator's handbook and only ever added to. */
public final class WebhookJson {
    /** Version of the document's form. */
    private static final int FORM = 1;

    private WebhookJson() {}

    public static String of(AlertMessage message) {
        AlertView alert = message.alert();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("form", FORM);
        root.put("id", message.identifier());
        root.put("alert", alert.id());
        root.put("action", message.action().word());
        root.put("event", alert.event());
        root.put("title", message.title());
        root.put("message", alert.message());
        root.put("dag", alert.dag());
        root.put("run", alert.run());
        alert.step().ifPresent(step -> root.put("step", step));
        alert.partition().ifPresent(partition -> root.put("interval", partition));
        alert.logExcerpt().map(PlainText::excerpt).ifPresent(log -> root.put("log_excerpt", log));
        ArrayNode affected = root.putArray("affected");
        alert.affected().forEach(affected::add);
        root.put("opened_at", alert.openedAt().toString());
        alert.resolvedAt()
                .filter(at -> message.action() == Action.RESOLVED)
                .ifPresent(at -> root.put("resolved_at", at.toString()));
        root.putObject("links")
                .put("run", message.runLink())
                .put("step", message.stepLink())
                .put("log", message.stepLink());
        root.put("rerun", message.rerunCommand());
        return root.toString();
    }
}
