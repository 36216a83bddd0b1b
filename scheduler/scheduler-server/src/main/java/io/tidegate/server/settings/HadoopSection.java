package io.tidegate.server.settings;

import io.tidegate.storage.hadoop.HadoopSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The clusters whose files the server uses.
 *
 * @param configuration Hadoop's own files, such as {@code core-site.xml}; later ones win
 * @param principal who the server is to Kerberos; goes together with keytab
 * @param keytab file with the principal's keys
 * @param proxyUsers whether the server looks at a DAG's data as the DAG's owner; not when left out
 */
public record HadoopSection(
        Optional<List<String>> configuration,
        Optional<String> principal,
        Optional<String> keytab,
        Optional<Boolean> proxyUsers) {
    public HadoopSection {
        configuration.orElse(List.of()).forEach(file -> readable("hadoop.configuration", file));
        keytab.ifPresent(file -> readable("hadoop.keytab", file));
        if (principal.isPresent() != keytab.isPresent()) {
            throw new SettingsException("hadoop needs both principal and keytab, or neither");
        }
    }

    private static void readable(String key, String file) {
        if (!Files.isReadable(Path.of(file))) {
            throw new SettingsException(key + ": there is no file " + file + " that can be read");
        }
    }

    /** What storage is told. */
    public HadoopSettings settings() {
        return new HadoopSettings(
                configuration.orElse(List.of()).stream()
                        .map(file -> Path.of(file).toAbsolutePath())
                        .toList(),
                principal.map(name -> new HadoopSettings.KeytabLogin(
                        name, Path.of(keytab.orElseThrow()).toAbsolutePath())),
                proxyUsers.orElse(false));
    }
}
