package io.tidegate.scheduler.alerts.channel;

import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import io.tidegate.scheduler.alerts.delivery.HttpSender;
import io.tidegate.scheduler.alerts.message.AlertMessage;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Posts JSON to an address. */
public final class WebhookChannel implements Channel {
    private final URI address;
    private final Optional<String> token;
    private final Function<AlertMessage, String> form;
    private final HttpSender sender;

    /**
     * @param token sent as a bearer token
     * @param form makes the body, see {@link io.tidegate.scheduler.alerts.message.WebhookJson} and
     *     {@link io.tidegate.scheduler.alerts.message.SlackJson}
     */
    public WebhookChannel(URI address, Optional<String> token, Function<AlertMessage, String> form, HttpSender sender) {
        this.address = Objects.requireNonNull(address, "address");
        this.token = Objects.requireNonNull(token, "token");
        this.form = Objects.requireNonNull(form, "form");
        this.sender = Objects.requireNonNull(sender, "sender");
    }

    @Override
    public void send(AlertMessage message) throws DeliveryException {
        Map<String, String> headers = new HashMap<>();
        // The same for every try of a message, so that a receiver can tell a repetition.
        headers.put("Idempotency-Key", message.identifier());
        token.ifPresent(secret -> headers.put("Authorization", "Bearer " + secret));
        sender.post(address, headers, form.apply(message));
    }
}
