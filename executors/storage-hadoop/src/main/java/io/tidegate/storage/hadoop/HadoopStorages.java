package io.tidegate.storage.hadoop;

import io.tidegate.storage.Storage;
import io.tidegate.storage.Storages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage on whatever file systems Hadoop finds on the class path. Nothing of Hadoop is loaded, and nobody is logged in, before it is needed:
 * a key distribution centre that is away delays what needs it and nothing else.
 */
public final class HadoopStorages implements Storages {
    private static final Logger LOG = LoggerFactory.getLogger(HadoopStorages.class);

    private final HadoopSettings settings;
    private final InstantSource clock;
    private Optional<Login> login = Optional.empty();

    public HadoopStorages(HadoopSettings settings, InstantSource clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public Storage own() throws IOException {
        Login current = login();
        return new HadoopStorage(current, current.own(), clock);
    }

    @Override
    public Storage of(String owner) throws IOException {
        Login current = login();
        return new HadoopStorage(current, current.actingFor(owner), clock);
    }

    @Override
    public void renew() throws IOException {
        if (settings.login().isPresent()) {
            login().renew();
        }
    }

    private synchronized Login login() throws IOException {
        if (login.isEmpty()) {
            login = Optional.of(Login.of(settings, configuration()));
        }
        return login.get();
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        for (Path file : settings.configuration()) {
            configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
        }
        // Checksum files beside files of this machine would be in everybody's way.
        configuration.setClass("fs.file.impl", RawLocalFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
        // Logs may hold what is nobody else's business.
        configuration.set("fs.permissions.umask-mode", "077");
        // Does not depend on how a file is cut into blocks.
        configuration.set("dfs.checksum.combine.mode", "COMPOSITE_CRC");
        // The server closes what it uses, in its own order.
        configuration.setBoolean("fs.automatic.close", false);
        if (settings.login().isPresent()) {
            configuration.set("hadoop.security.authentication", "kerberos");
        }
        return configuration;
    }

    @Override
    public synchronized void close() {
        try {
            if (login.isPresent()) {
                login.get().close();
            }
        } catch (IOException problem) {
            LOG.warn("file systems did not close cleanly: {}", problem.toString());
        }
        login = Optional.empty();
    }
}
