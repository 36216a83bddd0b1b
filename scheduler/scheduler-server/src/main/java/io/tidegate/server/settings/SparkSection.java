package io.tidegate.server.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part {@code spark} of the configuration file.
 *
 * @param profiles ways to submit that steps may name, by name
 */
public record SparkSection(Map<String, Profile> profiles) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([-_][a-z0-9]+)*");

    /** Only this machine's own Spark. */
    public static final SparkSection EMPTY = new SparkSection(Map.of());

    @JsonCreator
    public SparkSection {
        profiles = profiles == null ? Map.of() : Map.copyOf(profiles);
        profiles.keySet().stream()
                .filter(name -> !NAME.matcher(name).matches() || name.equals("own"))
                .findFirst()
                .ifPresent(name -> {
                    throw new SettingsException(
                            "spark.profiles: '" + name
                                    + "' is no name for a profile: lower-case letters and digits with single - or _, and not own");
                });
    }

    /**
     * One way to submit.
     *
     * @param home an installation of Spark
     * @param environment variables of its submits, for example HADOOP_CONF_DIR or KUBECONFIG
     * @param master the master of steps that name none
     * @param masterPages address of a standalone master's web pages; port 8080 of the master's host when left out
     * @param historyServer address of the history server of its applications
     */
    public record Profile(
            Optional<String> home,
            Map<String, String> environment,
            Optional<String> master,
            Optional<String> masterPages,
            Optional<String> historyServer) {
        @JsonCreator
        public Profile {
            environment = environment == null ? Map.of() : Map.copyOf(environment);
            home.filter(path -> !Path.of(path).isAbsolute()).ifPresent(path -> {
                throw new SettingsException("spark.profiles: home must be an absolute path, not " + path);
            });
            checkAddress("master_pages", masterPages);
            checkAddress("history_server", historyServer);
        }

        private static void checkAddress(String name, Optional<String> address) {
            address.filter(text -> !text.startsWith("http://") && !text.startsWith("https://"))
                    .ifPresent(text -> {
                        throw new SettingsException(
                                "spark.profiles: " + name + " must begin with https:// or http://, not " + text);
                    });
        }
    }
}
