package io.tidegate.scheduler.alerts.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.dag.name.Names;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.alerts.channel.Channel;
import io.tidegate.scheduler.alerts.channel.LogChannel;
import io.tidegate.scheduler.alerts.channel.MailChannel;
import io.tidegate.scheduler.alerts.channel.MailServer;
import io.tidegate.scheduler.alerts.channel.MailServer.Login;
import io.tidegate.scheduler.alerts.channel.MailServer.Security;
import io.tidegate.scheduler.alerts.channel.WebhookChannel;
import io.tidegate.scheduler.alerts.delivery.HttpSender;
import io.tidegate.scheduler.alerts.message.AlertMessage;
import io.tidegate.scheduler.alerts.message.SlackJson;
import io.tidegate.scheduler.alerts.message.WebhookJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes channels from what an operator declares. The channel {@code log} is always there. */
public final class Channels {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PORT_STARTTLS = 587;
    private static final int PORT_TLS = 465;
    private static final int PORT_NONE = 25;
    private static final String PLACE = "channels";
    private static final List<String> TYPES = List.of("slack", "webhook", "mail");

    private final Function<String, Optional<String>> environment;
    private final HttpSender sender = new HttpSender(TIMEOUT);
    private final List<String> problems = new ArrayList<>();

    private Channels(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** The channels when none are declared: the log. */
    public static Map<String, Channel> none() {
        return Map.of(Alert.LOG, new LogChannel());
    }

    /**
     * Channels by name.
     *
     * @param declared an object with a field for each channel, its name; see the operator's handbook for the fields of each type
     * @param environment gives the value of an environment variable
     * @throws ChannelConfigurationException with everything that is wrong
     */
    public static Map<String, Channel> of(JsonNode declared, Function<String, Optional<String>> environment) {
        return new Channels(environment).read(declared);
    }

    private Map<String, Channel> read(JsonNode declared) {
        Map<String, Channel> channels = new HashMap<>(none());
        if (!declared.isObject()) {
            problems.add(PLACE + ": must be a mapping from channel names to their settings");
        }
        declared.fields().forEachRemaining(entry -> {
            String place = PLACE + "." + entry.getKey();
            if (!Names.isIdentifier(entry.getKey())) {
                problems.add(place + ": a channel's name has lower-case letters, digits, - and _");
            } else if (entry.getKey().equals(Alert.LOG)) {
                problems.add(place + ": the log is always there and cannot be declared");
            } else if (!entry.getValue().isObject()) {
                problems.add(place + ": must be a mapping with a type");
            } else {
                channel(new ChannelFields(place, entry.getValue(), environment, problems))
                        .ifPresent(channel -> channels.put(entry.getKey(), channel));
            }
        });
        if (!problems.isEmpty()) {
            throw new ChannelConfigurationException(problems);
        }
        return Map.copyOf(channels);
    }

    private Optional<Channel> channel(ChannelFields fields) {
        Optional<String> type = fields.required("type", "one of " + String.join(", ", TYPES));
        Optional<Channel> channel = switch (type.orElse("")) {
            case "slack" -> webhook(fields, SlackJson::of);
            case "webhook" -> webhook(fields, WebhookJson::of);
            case "mail" -> mail(fields);
            default -> Optional.empty();
        };
        if (type.isPresent() && !TYPES.contains(type.orElseThrow())) {
            fields.wrong("type", "'" + type.orElseThrow() + "' is none of " + String.join(", ", TYPES));
        } else if (type.isPresent()) {
            fields.refuseOthers();
        }
        return channel;
    }

    private Optional<Channel> webhook(ChannelFields fields, Function<AlertMessage, String> form) {
        Optional<String> token = fields.secret("token");
        Optional<URI> address = fields.required("url", "the address to post to").flatMap(text -> address(fields, text));
        return Optional.of(new WebhookChannel(address.orElse(URI.create("http://none.invalid")), token, form, sender));
    }

    /** The address itself is not repeated in a problem: a webhook's address is its secret. */
    private static Optional<URI> address(ChannelFields fields, String text) {
        try {
            URI address = new URI(text);
            HttpSender.problem(address).ifPresent(problem -> fields.wrong("url", problem));
            return Optional.of(address);
        } catch (URISyntaxException e) {
            fields.wrong("url", "is not an address: " + e.getReason());
            return Optional.empty();
        }
    }

    private Optional<Channel> mail(ChannelFields fields) {
        int problemsBefore = problems.size();
        String host = fields.required("host", "the mail server's name").orElse("");
        Security security = security(fields);
        int port = fields.number("port").orElse(usualPort(security));
        String from = fields.required("from", "the sender's address").orElse("");
        List<String> to = fields.texts("to", "one address or a list of them");
        Optional<String> user = fields.optional("user");
        Optional<String> password = fields.secret("password");
        if (user.isPresent() != password.isPresent() && problems.size() == problemsBefore) {
            fields.wrong(user.isPresent() ? "password" : "user", "is missing; a login needs user and password");
        }
        checkAddresses(fields, from, to);
        if (problems.size() > problemsBefore) {
            return Optional.empty();
        }
        try {
            Optional<Login> login = user.map(name -> new Login(name, password.orElseThrow()));
            return Optional.of(
                    new MailChannel(new MailServer(host, port, security, login), from, to, TIMEOUT, Optional.empty()));
        } catch (IllegalArgumentException e) {
            fields.wrong("port", e.getMessage());
            return Optional.empty();
        }
    }

    private static void checkAddresses(ChannelFields fields, String from, List<String> to) {
        if (!from.isEmpty()) {
            MailChannel.problem(from).ifPresent(problem -> fields.wrong("from", "'" + from + "': " + problem));
        }
        to.forEach(address ->
                MailChannel.problem(address).ifPresent(problem -> fields.wrong("to", "'" + address + "': " + problem)));
    }

    private static Security security(ChannelFields fields) {
        String word = fields.optional("security").orElse("starttls");
        for (Security security : Security.values()) {
            if (security.name().toLowerCase(Locale.ROOT).equals(word)) {
                return security;
            }
        }
        fields.wrong("security", "'" + word + "' is none of starttls, tls, none");
        return Security.STARTTLS;
    }

    private static int usualPort(Security security) {
        return switch (security) {
            case STARTTLS -> PORT_STARTTLS;
            case TLS -> PORT_TLS;
            case NONE -> PORT_NONE;
        };
    }
}
