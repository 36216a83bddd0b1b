package io.tidegate.scheduler.alerts.channel;

import java.util.Objects;
import java.util.Optional;

/**
 * An SMTP server to hand mail to.
 *
 * @param login user name and password, for a server that wants them
 */
public record MailServer(String host, int port, Security security, Optional<Login> login) {
    private static final int LARGEST_PORT = 65_535;

    /** How the connection is protected. */
    public enum Security {
        /** Begins in the clear and must change to TLS (RFC 3207); mail is not sent when it cannot. */
        STARTTLS,
        /** TLS from the first byte (RFC 8314). */
        TLS,
        /** Nothing is protected: for a server on the same machine. */
        NONE
    }

    /** User name and password. */
    public record Login(String user, String password) {
        public Login {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    public MailServer {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(security, "security");
        Objects.requireNonNull(login, "login");
        if (port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("port must be from 1 to " + LARGEST_PORT + ", not " + port);
        }
    }
}
