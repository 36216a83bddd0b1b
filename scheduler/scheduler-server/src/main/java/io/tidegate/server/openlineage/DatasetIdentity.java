package io.tidegate.server.openlineage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A dataset's name as OpenLineage's naming conventions have it (openlineage.io/docs/spec/naming), so that events of Spark and of Tidegate about the
 * same folder meet.
 */
record DatasetIdentity(String namespace, String name) {
    private static final String FILE = "file";

    static DatasetIdentity of(String uri) {
        Optional<URI> parsed = parse(uri).filter(URI::isAbsolute);
        if (parsed.isEmpty()) {
            return new DatasetIdentity(FILE, uri);
        }
        URI address = parsed.orElseThrow();
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        String path = Optional.ofNullable(address.getPath()).orElse("");
        if (scheme.equals(FILE)) {
            return new DatasetIdentity(FILE, path);
        }
        String authority = Optional.ofNullable(address.getAuthority()).orElse("");
        boolean bucket = scheme.startsWith("s3");
        // A bucket's keys begin without a slash; s3a and s3n are Hadoop's names for the same place.
        return bucket
                ? new DatasetIdentity("s3://" + authority, path.startsWith("/") ? path.substring(1) : path)
                : new DatasetIdentity(scheme + "://" + authority, path);
    }

    private static Optional<URI> parse(String uri) {
        try {
            return Optional.of(new URI(uri));
        } catch (URISyntaxException e) {
            // A plain path may hold what an address may not, a space for example.
            return Optional.empty();
        }
    }
}
