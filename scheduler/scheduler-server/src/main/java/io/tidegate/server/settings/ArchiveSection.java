package io.tidegate.server.settings;

import io.tidegate.storage.StorageLocation;
import java.time.Duration;
import java.util.Optional;

/**
 * Where logs and reports of attempts go when the attempts have ended.
 *
 * @param uri a folder, by absolute path or URI
 * @param keep how long they stay there, for example {@code 365d}; for good when left out
 */
public record ArchiveSection(Optional<String> uri, Optional<String> keep) {
    public ArchiveSection {
        if (uri.flatMap(StorageLocation::of).isEmpty()) {
            throw new SettingsException("archive.uri must be an absolute path or a URI such as hdfs://host/tidegate"
                    + uri.map(text -> ", not '" + text + "'").orElse(""));
        }
        ConfiguredDuration.read("archive.keep", keep, "d");
    }

    /** {@link #uri} as a place. */
    public StorageLocation location() {
        return new StorageLocation(uri.orElseThrow());
    }

    /** {@link #keep} as a duration. */
    public Optional<Duration> keptFor() {
        return ConfiguredDuration.read("archive.keep", keep, "d");
    }
}
