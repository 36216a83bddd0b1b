package io.tidegate.server.openlineage;

import io.openlineage.client.OpenLineageClientUtils;
import io.tidegate.scheduler.alerts.delivery.Deliverer;
import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import io.tidegate.scheduler.alerts.delivery.HttpSender;
import io.tidegate.scheduler.store.Outbox;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.server.settings.Build;
import io.tidegate.server.settings.ConfigurationFile.OpenLineage;
import io.tidegate.server.settings.SettingsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Brings lineage messages of the outbox to the configured receiver as OpenLineage events. */
public final class LineageDeliverer implements Deliverer {
    /** The variable that OpenLineage's own clients read their key from. */
    static final String KEY_VARIABLE = "OPENLINEAGE_API_KEY";

    private static final String USUAL_NAMESPACE = "tidegate";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final LineageEvents events;
    private final LineageTarget target;

    private LineageDeliverer(LineageEvents events, LineageTarget target) {
        this.events = events;
        this.target = target;
    }

    /**
     * A deliverer for what the configuration file says; without a receiver, messages are let go.
     *
     * @param environment gives the value of an environment variable
     * @throws SettingsException when the receiver's address cannot be used
     */
    public static Deliverer of(
            Optional<OpenLineage> settings, RunQueries runs, Function<String, Optional<String>> environment) {
        if (settings.isEmpty()) {
            return message -> {};
        }
        OpenLineage declared = settings.orElseThrow();
        LineageTarget target = declared.url()
                .<LineageTarget>map(url -> http(url, environment.apply(KEY_VARIABLE)))
                .orElseGet(() -> new FileTarget(Path.of(declared.file().orElseThrow())));
        return new LineageDeliverer(
                new LineageEvents(runs, declared.namespace().orElse(USUAL_NAMESPACE), Build.version()), target);
    }

    private static LineageTarget http(String url, Optional<String> key) {
        try {
            URI address = new URI(url);
            HttpSender.problem(address).ifPresent(problem -> {
                throw new SettingsException("openlineage.url: " + problem);
            });
            return new HttpTarget(address, key.filter(text -> !text.isBlank()), new HttpSender(TIMEOUT));
        } catch (URISyntaxException e) {
            throw new SettingsException("openlineage.url: is not an address: " + e.getMessage());
        }
    }

    @Override
    public void deliver(Outbox.Message message) throws DeliveryException {
        LineageReference reference = LineageReference.of(message.reference())
                .orElseThrow(() -> DeliveryException.permanent(
                        "'" + message.reference() + "' does not name a run, step, attempt and event"));
        String json = events.event(reference, message.createdAt())
                .map(OpenLineageClientUtils::toJson)
                .orElseThrow(
                        () -> DeliveryException.permanent("attempt " + message.reference() + " is not known any more"));
        target.send(json);
    }
}
