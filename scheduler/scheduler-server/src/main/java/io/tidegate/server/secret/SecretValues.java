package io.tidegate.server.secret;

import io.tidegate.dag.Secret;

/** Gives the values of secrets to what launches steps. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface SecretValues {
    /**
     * The value.
     *
     * @throws SecretException when there is none, or it may not be read
     */
    String value(Secret secret);
}
