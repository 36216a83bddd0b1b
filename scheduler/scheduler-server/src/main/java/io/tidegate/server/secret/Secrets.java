package io.tidegate.server.secret;

import io.tidegate.dag.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets that the server can read. A value lives in memory only, from the moment a DAG asks for it: it is read again for each launch, and every
 * value that there was is hidden for as long as the server runs. Thread-safe.
 */
public final class Secrets implements SecretValues {
    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
    private static final int MOST_BYTES = 1 << 16;
    private static final String CONFIGURATION = "in the server's configuration file";

    private final SecretRules rules;
    private final UnaryOperator<String> environment;
    private final Set<String> values = new LinkedHashSet<>();
    private volatile SecretMask mask = SecretMask.NONE;

    /** @param environment the server's variables by name; null for one that is not set */
    public Secrets(SecretRules rules, UnaryOperator<String> environment) {
        this.rules = rules;
        this.environment = environment;
    }

    /** Hides everything that is known by now. */
    public SecretMask mask() {
        return mask;
    }

    /** Hides these from now on. One that cannot be read now is hidden when it is. */
    public void declare(Collection<Secret> secrets) {
        secrets.stream()
                .filter(secret -> !(secret.place() instanceof Secret.Kubernetes))
                .forEach(this::hideIfReadable);
    }

    /** That it cannot be read is said where it matters: to the step that needs it. */
    private void hideIfReadable(Secret secret) {
        try {
            hidden(secret, read(secret));
        } catch (SecretException unreadable) {
            LOG.debug("{}", unreadable.getMessage());
        }
    }

    @Override
    public String value(Secret secret) {
        return hidden(secret, read(secret));
    }

    /**
     * Hides a value from now on.
     *
     * @return the value
     * @throws SecretException when it is too short to be hidden
     */
    public String hidden(Secret secret, String value) {
        if (value.getBytes(StandardCharsets.UTF_8).length < SecretMask.SHORTEST) {
            throw problem(
                    secret,
                    "has fewer than " + SecretMask.SHORTEST
                            + " bytes and could not be hidden in logs; use a longer one");
        }
        hide(value);
        return value;
    }

    private void hide(String value) {
        synchronized (values) {
            if (values.add(value)) {
                mask = SecretMask.of(values);
            }
        }
    }

    private String read(Secret secret) {
        if (secret.place() instanceof Secret.Variable place) {
            return variable(secret, place.variable());
        }
        if (secret.place() instanceof Secret.File place) {
            return file(secret, Path.of(place.path()));
        }
        throw problem(
                secret, "is kept in Kubernetes, where only pods can read it; run the step with executor: kubernetes");
    }

    private String variable(Secret secret, String name) {
        if (!rules.allowsVariable(name)) {
            throw problem(
                    secret,
                    "is the server's environment variable " + name
                            + ", which may not be read; allow it with secrets.environment: [" + name + "] "
                            + CONFIGURATION);
        }
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            throw missing(secret);
        }
        return value;
    }

    private String file(Secret secret, Path path) {
        try {
            if (!rules.allowsFile(path)) {
                throw problem(
                        secret,
                        "is the file " + path + ", which may not be read; allow it with secrets.files: ["
                                + path.getParent() + "] " + CONFIGURATION);
            }
            if (Files.size(path) > MOST_BYTES) {
                throw problem(secret, "is the file " + path + ", which has more than " + MOST_BYTES + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            // Editors and echo end a file with a line break, which nobody means.
            return text.replaceFirst("\r?\n$", "");
        } catch (CharacterCodingException binary) {
            throw problem(secret, "is the file " + path + ", which is not text in UTF-8");
        } catch (IOException missing) {
            throw missing(secret);
        }
    }

    /** What is said of a secret that is not where it is kept. */
    public static SecretException missing(Secret secret) {
        if (secret.place() instanceof Secret.Variable place) {
            return problem(
                    secret,
                    "is missing: the server's environment has no variable " + place.variable()
                            + "; set it where the server is started");
        }
        if (secret.place() instanceof Secret.File place) {
            return problem(
                    secret,
                    "is missing: there is no readable file " + place.path() + " on the server's machine; put it there");
        }
        Secret.Kubernetes place = (Secret.Kubernetes) secret.place();
        return problem(
                secret,
                "is missing: the pod's namespace has no secret " + place.secret() + " with the key " + place.key()
                        + "; create it there");
    }

    private static SecretException problem(Secret secret, String what) {
        return new SecretException("secret " + secret.name() + " " + what);
    }
}
