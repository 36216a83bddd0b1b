package io.tidegate.scheduler.alerts;

import io.tidegate.scheduler.alerts.message.AlertMessage;
import io.tidegate.scheduler.alerts.message.AlertMessage.Action;
import io.tidegate.scheduler.view.DataViews.AlertView;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Alerts for tests. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2001-03-12T05:00:00Z");
    public static final String RUN = "01900000-0000-7000-8000-000000000001";
    private static final URI DASHBOARD = URI.create("http://127.0.0.1:8080/");

    private Samples() {}

    public static AlertView alert(long id) {
        return alert(
                id,
                "late-arrivals: step cleanse failed for 2001-03-05: exit code 1",
                "java.io.IOException: <disk> full & \u001b[31mred\u001b[0m");
    }

    public static AlertView alert(long id, String message, String log) {
        return new AlertView(
                id,
                "open",
                "step_failed",
                "late-arrivals",
                RUN,
                Optional.of("cleanse"),
                Optional.of("2001-03-05"),
                message,
                Optional.of(log),
                List.of("features", "refit"),
                NOW,
                Optional.empty(),
                List.of());
    }

    public static AlertMessage raised(long id) {
        return new AlertMessage(Action.RAISED, alert(id), DASHBOARD, NOW);
    }

    public static AlertMessage raised(AlertView alert) {
        return new AlertMessage(Action.RAISED, alert, DASHBOARD, NOW);
    }

    public static AlertMessage resolved(long id) {
        return new AlertMessage(Action.RESOLVED, alert(id), DASHBOARD, NOW);
    }
}
