package io.tidegate.server.settings;

import io.tidegate.server.sensor.SqlProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What sensors may ask.
 *
 * @param httpAllowed beginnings of addresses that sensors may ask; none when left out
 * @param databases databases by the names that DAGs use
 */
public record SensorsSection(Optional<List<String>> httpAllowed, Optional<Map<String, DatabaseSection>> databases) {
    public static final SensorsSection NONE = new SensorsSection(Optional.empty(), Optional.empty());

    public SensorsSection {
        httpAllowed.orElse(List.of()).forEach(SensorsSection::address);
    }

    /**
     * @param url JDBC address of a PostgreSQL database
     * @param user who asks; best one that can only read
     * @param passwordEnv variable of the server's environment that holds the password
     * @param passwordFile file that holds the password
     */
    public record DatabaseSection(
            String url, Optional<String> user, Optional<String> passwordEnv, Optional<String> passwordFile) {
        private static final String DRIVER = "jdbc:postgresql:";

        public DatabaseSection {
            if (url == null || !url.startsWith(DRIVER)) {
                throw new SettingsException("sensors.databases needs a url that begins with " + DRIVER);
            }
            if (url.contains("password=")) {
                throw new SettingsException("sensors.databases: a password does not stand in url; name the variable or"
                        + " the file that holds it, with password_env or password_file");
            }
            if (passwordEnv.isPresent() && passwordFile.isPresent()) {
                throw new SettingsException("sensors.databases has either password_env or password_file, not both");
            }
        }

        private Optional<String> password() {
            return passwordEnv.map(System::getenv).or(() -> passwordFile.map(DatabaseSection::firstLine));
        }

        private static String firstLine(String file) {
            try {
                return Files.readString(Path.of(file)).strip();
            } catch (IOException unreadable) {
                throw new UncheckedIOException("the password file " + file + " cannot be read", unreadable);
            }
        }

        SqlProbe.Database database() {
            return new SqlProbe.Database(url, user, this::password);
        }
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!web
                    || address.getHost() == null
                    || address.getRawUserInfo() != null
                    || address.getRawQuery() != null) {
                throw new SettingsException("sensors.http_allowed: '" + text
                        + "' is not the beginning of an address, such as https://example.org/ready/");
            }
            return address;
        } catch (URISyntaxException malformed) {
            throw new SettingsException("sensors.http_allowed: " + malformed.getMessage());
        }
    }

    /** Beginnings of addresses that may be asked. */
    public List<URI> addresses() {
        return httpAllowed.orElse(List.of()).stream()
                .map(SensorsSection::address)
                .toList();
    }

    /** Databases that may be asked. */
    public Map<String, SqlProbe.Database> askable() {
        Map<String, SqlProbe.Database> all = new HashMap<>();
        databases.orElse(Map.of()).forEach((name, section) -> all.put(name, section.database()));
        return all;
    }
}
