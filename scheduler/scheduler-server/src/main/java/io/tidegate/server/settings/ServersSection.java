package io.tidegate.server.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What servers on one database say of themselves and have in common.
 *
 * @param name what people call this one; its machine and port when left out
 * @param shared folder that all of them see under the same path, by absolute path; the home folder of this one alone when left out
 */
public record ServersSection(Optional<String> name, Optional<String> shared) {
    /** What an absent section means. */
    static final ServersSection ALONE = new ServersSection(Optional.empty(), Optional.empty());

    public ServersSection {
        if (name.filter(String::isBlank).isPresent()) {
            throw new SettingsException("servers.name must not be empty: leave it out, or give the server a name");
        }
        shared.map(Path::of).filter(path -> !path.isAbsolute()).ifPresent(path -> {
            throw new SettingsException("servers.shared must be an absolute path, not '" + path
                    + "': all servers on the database must find the same folder there");
        });
    }

    /** {@link #shared} as a path. */
    public Optional<Path> sharedFolder() {
        return shared.map(Path::of);
    }
}
