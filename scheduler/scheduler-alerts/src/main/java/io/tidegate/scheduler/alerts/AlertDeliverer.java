package io.tidegate.scheduler.alerts;

import io.tidegate.scheduler.alerts.channel.Channel;
import io.tidegate.scheduler.alerts.delivery.Deliverer;
import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import io.tidegate.scheduler.alerts.message.AlertMessage;
import io.tidegate.scheduler.alerts.message.AlertMessage.Action;
import io.tidegate.scheduler.store.Outbox;
import io.tidegate.scheduler.view.DataViews.AlertView;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongFunction;

/** Tells the channel an outbox message is for of the alert it is about. */
public final class AlertDeliverer implements Deliverer {
    private final Map<String, Channel> channels;
    private final LongFunction<Optional<AlertView>> alerts;
    private final URI dashboard;

    /**
     * @param channels by name
     * @param alerts finds an alert by its id, with the excerpt of the log and what it affects
     * @param dashboard where the dashboard is reached by those who are told
     */
    public AlertDeliverer(Map<String, Channel> channels, LongFunction<Optional<AlertView>> alerts, URI dashboard) {
        this.channels = Map.copyOf(channels);
        this.alerts = Objects.requireNonNull(alerts, "alerts");
        this.dashboard = Objects.requireNonNull(dashboard, "dashboard");
    }

    @Override
    public void deliver(Outbox.Message message) throws DeliveryException {
        Channel channel = channels.get(message.destination());
        if (channel == null) {
            throw DeliveryException.permanent("no channel '" + message.destination() + "' is configured, only "
                    + String.join(", ", new TreeSet<>(channels.keySet())));
        }
        AlertView alert = alert(message);
        Action action = message.action().equals(Action.RESOLVED.word()) ? Action.RESOLVED : Action.RAISED;
        channel.send(new AlertMessage(action, alert, dashboard, message.createdAt()));
    }

    private AlertView alert(Outbox.Message message) throws DeliveryException {
        try {
            Optional<AlertView> alert = alerts.apply(Long.parseLong(message.reference()));
            if (alert.isPresent()) {
                return alert.orElseThrow();
            }
        } catch (NumberFormatException e) {
            throw DeliveryException.permanent("'" + message.reference() + "' is not the number of an alert");
        }
        throw DeliveryException.permanent("there is no alert " + message.reference());
    }
}
