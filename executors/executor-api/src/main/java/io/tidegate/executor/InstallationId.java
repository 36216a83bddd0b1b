package io.tidegate.executor;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Tidegate: all servers of one database share it, and every job they start carries it, so that several of them can live on one
 * cluster and each clears away after itself alone. At most 40 characters, a DNS label, so that it can be a Kubernetes label or a tag as it
 * is.
 */
public record InstallationId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    /** @throws IllegalArgumentException when the value is not a DNS label (RFC 1123, section 2.1) of at most 40 characters */
    public InstallationId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "installation id '" + value + "' is not a DNS label of at most 40 characters");
        }
    }

    /** Whether a mark on a job is this installation's. */
    public boolean isMark(String mark) {
        return value.equals(mark);
    }

    /** Whether a job with this mark may be ours: it carries our mark, or was made before jobs carried any. */
    public boolean mayOwn(Optional<String> mark) {
        return mark.isEmpty() || isMark(mark.get());
    }

    @Override
    public String toString() {
        return value;
    }
}
