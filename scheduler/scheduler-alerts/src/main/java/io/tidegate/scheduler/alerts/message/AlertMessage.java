package io.tidegate.scheduler.alerts.message;

import io.tidegate.scheduler.view.DataViews.AlertView;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * An alert as a channel tells it.
 *
 * @param action whether the problem begins or is over
 * @param alert everything that is known of it
 * @param dashboard where the dashboard is; links go there
 * @param at when it was put into the outbox
 */
public record AlertMessage(Action action, AlertView alert, URI dashboard, Instant at) {
    /** Whether the problem begins or is over. */
    public enum Action {
        RAISED,
        RESOLVED;

        /** The word in messages: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AlertMessage {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(dashboard, "dashboard");
        Objects.requireNonNull(at, "at");
    }

    /** The same text for the same message, however often it is sent. */
    public String identifier() {
        return "alert-" + alert.id() + "-" + action.word();
    }

    /** One line that says it all. */
    public String title() {
        String line = alert.message().replaceAll("\\s+", " ").strip();
        return action == Action.RESOLVED ? "Resolved: " + line : line;
    }

    /** Whether something is wrong, as against news. */
    public boolean isFailure() {
        return alert.event().endsWith("_failed");
    }

    /** The run's page. */
    public String runLink() {
        return base() + "/runs/" + encoded(alert.run());
    }

    /** The run's page with the step's panel open, where its log is; the run's page when the alert is about no step. */
    public String stepLink() {
        return alert.step().map(step -> runLink() + "?step=" + encoded(step)).orElseGet(this::runLink);
    }

    /** What to type to run what failed and what follows it again. */
    public String rerunCommand() {
        return "tidegate rerun " + alert.run();
    }

    private String base() {
        String text = dashboard.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
