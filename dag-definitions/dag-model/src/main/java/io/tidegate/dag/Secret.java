package io.tidegate.dag;

import io.tidegate.dag.name.Names;
import java.util.Objects;

/**
 * A value that must not be known: the definition says where it is kept, never what it is.
 *
 * @param name what steps call it
 * @param place where it is kept
 */
public record Secret(String name, Place place) {
    public Secret {
        Names.requireIdentifier("secret", name);
        Objects.requireNonNull(place, "place");
    }

    /** Where a secret is kept. */
    public sealed interface Place {}

    /** A variable of the server's own environment. */
    public record Variable(String variable) implements Place {
        public Variable {
            Objects.requireNonNull(variable, "variable");
        }
    }

    /** A file on the server's machine, by its absolute path. */
    public record File(String path) implements Place {
        public File {
            Objects.requireNonNull(path, "path");
        }
    }

    /** A Secret object in the namespace of the pod that needs it. Its value never comes to the server. */
    public record Kubernetes(String secret, String key) implements Place {
        public Kubernetes {
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(key, "key");
        }
    }
}
