package io.tidegate.scheduler.alerts.channel;

import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import io.tidegate.scheduler.alerts.message.AlertMessage;
import io.tidegate.scheduler.alerts.message.AlertMessage.Action;
import io.tidegate.scheduler.alerts.message.PlainText;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/** Sends plain-text mail over SMTP. A mail that ends a problem refers to the one that told of it, so that mail programs show them together. */
public final class MailChannel implements Channel {
    private static final int LONGEST_SUBJECT = 200;
    private static final String DOMAIN = "tidegate.invalid";

    private final Session session;
    private final InternetAddress from;
    private final List<InternetAddress> to;

    /**
     * @param to at least one address
     * @param timeout for connecting, and for each answer of the server
     * @param sockets makes TLS connections; absent means the JVM's own trust
     * @throws IllegalArgumentException when an address cannot be one; the message names it
     */
    public MailChannel(
            MailServer server, String from, List<String> to, Duration timeout, Optional<SSLSocketFactory> sockets) {
        Objects.requireNonNull(server, "server");
        this.from = address(from);
        this.to = to.stream().map(MailChannel::address).toList();
        if (this.to.isEmpty()) {
            throw new IllegalArgumentException("mail needs at least one address to go to");
        }
        this.session = session(server, timeout, sockets);
    }

    /** What is wrong with a mail address; empty when it can be used. */
    public static Optional<String> problem(String address) {
        try {
            InternetAddress parsed = new InternetAddress(address, true);
            return parsed.getAddress().contains("@") ? Optional.empty() : Optional.of("has no @");
        } catch (AddressException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public void send(AlertMessage message) throws DeliveryException {
        try {
            Transport.send(mail(message));
        } catch (SendFailedException e) {
            throw refused(e);
        } catch (MessagingException e) {
            throw DeliveryException.temporary("the mail server did not take it: " + describe(e), e);
        }
    }

    private MimeMessage mail(AlertMessage message) throws MessagingException {
        MimeMessage mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", identifier(message.identifier()));
            }
        };
        mail.setFrom(from);
        mail.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
        mail.setSubject(subject(message), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(message.at()));
        mail.setText(PlainText.of(message), StandardCharsets.UTF_8.name());
        // Asks vacation responders not to answer (RFC 3834).
        mail.setHeader("Auto-Submitted", "auto-generated");
        if (message.action() == Action.RESOLVED) {
            String first = identifier("alert-" + message.alert().id() + "-" + Action.RAISED.word());
            mail.setHeader("In-Reply-To", first);
            mail.setHeader("References", first);
        }
        mail.saveChanges();
        return mail;
    }

    private static String subject(AlertMessage message) {
        String subject = "[Tidegate] " + message.title();
        return subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT) + " ...";
    }

    private static String identifier(String name) {
        return "<" + name + "@" + DOMAIN + ">";
    }

    /** The server answered: an address nobody has stays so, anything else may pass. */
    private static DeliveryException refused(SendFailedException problem) {
        boolean nobody = problem.getInvalidAddresses() != null
                && problem.getInvalidAddresses().length > 0
                && isEmpty(problem.getValidUnsentAddresses())
                && isEmpty(problem.getValidSentAddresses());
        String said = "the mail server refused it: " + describe(problem);
        return nobody ? DeliveryException.permanent(said) : DeliveryException.temporary(said, problem);
    }

    private static boolean isEmpty(jakarta.mail.Address[] addresses) {
        return addresses == null || addresses.length == 0;
    }

    private static String describe(MessagingException problem) {
        Exception next = problem.getNextException();
        String message =
                String.valueOf(problem.getMessage()).replaceAll("\\s+", " ").strip();
        boolean saysMore = next != null
                && next.getMessage() != null
                && !message.contains(next.getMessage().strip());
        return saysMore
                ? message + ": " + next.getMessage().replaceAll("\\s+", " ").strip()
                : message;
    }

    private static Session session(MailServer server, Duration timeout, Optional<SSLSocketFactory> sockets) {
        Properties properties = new Properties();
        String milliseconds = Long.toString(timeout.toMillis());
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
        properties.setProperty("mail.smtp.connectiontimeout", milliseconds);
        properties.setProperty("mail.smtp.timeout", milliseconds);
        properties.setProperty("mail.smtp.writetimeout", milliseconds);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        // Without this a failed handshake is repeated with other trust, and the second problem hides the first.
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        switch (server.security()) {
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
            case NONE -> {}
        }
        sockets.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        if (server.login().isEmpty()) {
            return Session.getInstance(properties);
        }
        properties.setProperty("mail.smtp.auth", "true");
        MailServer.Login login = server.login().orElseThrow();
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(login.user(), login.password());
            }
        });
    }

    private static InternetAddress address(String text) {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException("'" + text + "' is not a mail address: " + problem);
        });
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("'" + text + "' is not a mail address: " + e.getMessage(), e);
        }
    }
}
