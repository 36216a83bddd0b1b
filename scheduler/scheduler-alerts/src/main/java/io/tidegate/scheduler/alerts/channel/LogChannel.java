package io.tidegate.scheduler.alerts.channel;

import io.tidegate.scheduler.alerts.message.AlertMessage;
import io.tidegate.scheduler.alerts.message.AlertMessage.Action;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells the server's log, under the logger {@code io.tidegate.alerts}. */
public final class LogChannel implements Channel {
    private static final Logger LOG = System.getLogger("io.tidegate.alerts");

    @Override
    public void send(AlertMessage message) {
        boolean wrong = message.isFailure() && message.action() == Action.RAISED;
        LOG.log(wrong ? Level.WARNING : Level.INFO, message.title() + " (" + message.stepLink() + ")");
    }
}
