package io.tidegate.storage;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a file or folder lies.
 *
 * @param uri an absolute path of this machine, or a URI such as {@code hdfs://namenode:8020/flights} or {@code s3a://bucket/flights}
 */
public record StorageLocation(String uri) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

    /** @throws IllegalArgumentException when it is neither an absolute path nor a URI with a scheme */
    public StorageLocation {
        if (!uri.startsWith("/") && !SCHEME.matcher(uri).matches()) {
            throw new IllegalArgumentException(
                    "'" + uri + "' is no place for files: it must be an absolute path or a URI with a scheme");
        }
    }

    /** The location of a text that may be none. */
    public static Optional<StorageLocation> of(String text) {
        return text.startsWith("/") || SCHEME.matcher(text).matches()
                ? Optional.of(new StorageLocation(text))
                : Optional.empty();
    }

    /** The kind of file system in lower case: {@code file} for a path without a scheme. */
    public String scheme() {
        Matcher matcher = SCHEME.matcher(uri);
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "file";
    }

    /** What lies below, by names separated with slashes. */
    public StorageLocation below(String path) {
        return new StorageLocation(uri.endsWith("/") ? uri + path : uri + "/" + path);
    }

    @Override
    public String toString() {
        return uri;
    }
}
