package io.tidegate.scheduler.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.scheduler.alerts.channel.Channel;
import io.tidegate.scheduler.alerts.delivery.MemoryOutbox;
import io.tidegate.scheduler.alerts.delivery.OutboxDelivery;
import io.tidegate.scheduler.alerts.delivery.RetryPolicy;
import io.tidegate.scheduler.alerts.delivery.SettableClock;
import io.tidegate.scheduler.store.Outbox.Topic;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertDelivererTest {
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final List<String> told = new ArrayList<>();

    @Test
    void eachChannelIsToldOfItsAlerts() {
        add("ml-oncall", "7", "raised");
        add("log", "7", "raised");
        add("ml-oncall", "7", "resolved");
        deliver();
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "ml-oncall alert-7-raised", "log alert-7-raised", "ml-oncall alert-7-resolved")
                .containsSubsequence("ml-oncall alert-7-raised", "ml-oncall alert-7-resolved");
    }

    @Test
    void anUnknownChannelAndAnUnknownAlertAreGivenUpWithAReason() {
        long channel = add("ml-oncal", "7", "raised");
        long alert = add("log", "8", "raised");
        long text = add("log", "x", "raised");
        deliver();
        assertThat(outbox.problem(channel)).isEqualTo("no channel 'ml-oncal' is configured, only log, ml-oncall");
        assertThat(outbox.problem(alert)).isEqualTo("there is no alert 8");
        assertThat(outbox.state(text)).isEqualTo("abandoned");
    }

    private long add(String destination, String reference, String action) {
        return outbox.add(Topic.ALERT, destination, reference, action, Samples.NOW);
    }

    private void deliver() {
        Map<String, Channel> channels = Map.of(
                "ml-oncall", message -> told.add("ml-oncall " + message.identifier()),
                "log", message -> told.add("log " + message.identifier()));
        AlertDeliverer deliverer = new AlertDeliverer(
                channels,
                id -> id == 7 ? Optional.of(Samples.alert(id)) : Optional.empty(),
                URI.create("http://127.0.0.1:8080"));
        new OutboxDelivery(
                        outbox,
                        Topic.ALERT,
                        deliverer,
                        RetryPolicy.DEFAULT,
                        new OutboxDelivery.Surroundings(new SettableClock(Samples.NOW), new Random(1), Runnable::run))
                .deliverDue();
    }
}
