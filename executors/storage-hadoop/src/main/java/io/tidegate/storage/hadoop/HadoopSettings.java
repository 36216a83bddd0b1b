package io.tidegate.storage.hadoop;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is said of the clusters whose files are used.
 *
 * @param configuration Hadoop's own files, such as {@code core-site.xml} and {@code hdfs-site.xml}; later ones win
 * @param login who the server is to a cluster with Kerberos; without it the server is the user of the operating system
 * @param proxyUsers whether the server acts as the owner of a DAG where it looks at that DAG's data; the clusters must allow it
 *     ({@code hadoop.proxyuser.*})
 */
public record HadoopSettings(List<Path> configuration, Optional<KeytabLogin> login, boolean proxyUsers) {
    /** No cluster: files of this machine, and what the class path says. */
    public static final HadoopSettings NONE = new HadoopSettings(List.of(), Optional.empty(), false);

    public HadoopSettings {
        configuration = List.copyOf(configuration);
        Objects.requireNonNull(login, "login");
    }

    /**
     * A login by keytab, so that nobody types a password.
     *
     * @param principal for example {@code tidegate/host.example.org@EXAMPLE.ORG}
     * @param keytab file that only the server's user can read
     */
    public record KeytabLogin(String principal, Path keytab) {
        public KeytabLogin {
            Objects.requireNonNull(principal, "principal");
            Objects.requireNonNull(keytab, "keytab");
        }
    }
}
