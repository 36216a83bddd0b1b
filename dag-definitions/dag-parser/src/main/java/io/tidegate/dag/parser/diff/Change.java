package io.tidegate.dag.parser.diff;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One difference between two versions of a DAG.
 *
 * @param path what it is about, as names joined by dots: {@code steps.refit.timeout}
 * @param before the value before, in the words of the language; empty for what was added
 * @param after the value after; empty for what was removed
 * @param text the change as a person would say it: {@code step refit: timeout 20m -> 40m}
 */
public record Change(Kind kind, String path, Optional<Object> before, Optional<Object> after, String text) {
    /** What became of something. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED;

        /** The word in documents: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Change {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
        Objects.requireNonNull(text, "text");
    }

    static Change added(String path, Object after, String text) {
        return new Change(Kind.ADDED, path, Optional.empty(), Optional.of(after), text);
    }

    static Change removed(String path, Object before, String text) {
        return new Change(Kind.REMOVED, path, Optional.of(before), Optional.empty(), text);
    }

    static Change changed(String path, Object before, Object after, String text) {
        return new Change(Kind.CHANGED, path, Optional.of(before), Optional.of(after), text);
    }
}
