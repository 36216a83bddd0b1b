package io.tidegate.server.runtime;

import io.tidegate.scheduler.alerts.AlertDeliverer;
import io.tidegate.scheduler.alerts.channel.Channel;
import io.tidegate.scheduler.alerts.configuration.ChannelConfigurationException;
import io.tidegate.scheduler.alerts.configuration.Channels;
import io.tidegate.scheduler.alerts.delivery.Deliverer;
import io.tidegate.scheduler.alerts.delivery.DeliveryLoop;
import io.tidegate.scheduler.alerts.delivery.OutboxDelivery;
import io.tidegate.scheduler.alerts.delivery.RetryPolicy;
import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.store.Outbox;
import io.tidegate.server.alert.AlertEnrichment;
import io.tidegate.server.openlineage.LineageDeliverer;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.SettingsException;
import io.tidegate.store.PostgresStores;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What leaves the server after it was committed: alerts and lineage. */
final class Deliveries implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final int WORKERS = 4;

    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, task -> {
        Thread thread = new Thread(task, "tidegate-delivery");
        thread.setDaemon(true);
        return thread;
    });
    private final DeliveryLoop alerts;
    private final DeliveryLoop lineage;

    Deliveries(PostgresStores stores, Deliverer alertDeliverer, Deliverer lineageDeliverer, InstantSource clock) {
        alerts = loop("alerts", stores, Outbox.Topic.ALERT, alertDeliverer, clock);
        lineage = loop("lineage", stores, Outbox.Topic.LINEAGE, lineageDeliverer, clock);
    }

    /** Brings alerts to the channels of the configuration file. */
    static Deliverer alerts(
            PostgresStores stores, ConfigurationFile file, AlertEnrichment enrichment, String dashboard) {
        try {
            Map<String, Channel> channels = file.channels()
                    .map(declared -> Channels.of(declared, name -> Optional.ofNullable(System.getenv(name))))
                    .orElseGet(Channels::none);
            return new AlertDeliverer(
                    channels, id -> stores.dataQueries().alert(id).map(enrichment), URI.create(dashboard));
        } catch (ChannelConfigurationException wrong) {
            throw new SettingsException(
                    "the alert channels cannot be used:\n  " + String.join("\n  ", wrong.problems()));
        }
    }

    /** Brings lineage to the receiver of the configuration file; without one, what waits is let go. */
    static Deliverer lineage(PostgresStores stores, ConfigurationFile file) {
        return LineageDeliverer.of(
                file.openlineage(), stores.runQueries(), name -> Optional.ofNullable(System.getenv(name)));
    }

    private DeliveryLoop loop(
            String name, PostgresStores stores, Outbox.Topic topic, Deliverer deliverer, InstantSource clock) {
        OutboxDelivery delivery = new OutboxDelivery(
                stores.outbox(),
                topic,
                deliverer,
                RetryPolicy.DEFAULT,
                new OutboxDelivery.Surroundings(clock, new SecureRandom(), workers));
        return new DeliveryLoop(name, delivery, LOOK_EVERY, System::nanoTime);
    }

    void start() {
        alerts.start();
        lineage.start();
    }

    /** Something was put into the outbox. */
    void wake() {
        alerts.wake();
        lineage.wake();
    }

    List<LoopLag> lags() {
        return List.of(alerts.lag(), lineage.lag());
    }

    @Override
    public void close() {
        alerts.close();
        lineage.close();
        workers.shutdownNow();
    }
}
