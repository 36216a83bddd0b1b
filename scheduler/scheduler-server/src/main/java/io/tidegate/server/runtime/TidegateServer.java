package io.tidegate.server.runtime;

import io.tidegate.server.database.Database;
import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.server.database.ExternalDatabase;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.home.ServerFile;
import io.tidegate.server.http.HttpServer;
import io.tidegate.server.http.LoopbackPort;
import io.tidegate.server.settings.ServerSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: home folder, database, engine, clocks, deliveries, HTTP. Read {@link #start} from top to bottom to see what it is made of.
 */
public final class TidegateServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TidegateServer.class);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HomeFolder home;
    private final String address;

    private record Part(String name, AutoCloseable part) {}

    private TidegateServer(ServerSettings settings, Consumer<String> say, InstantSource clock) throws Exception {
        home = opened(
                "home folder",
                HomeFolder.open(
                        settings.home(), settings.file().serversOrAlone().sharedFolder()));
        try {
            opened("log", ServerLog.into(home.root().resolve("logs")));
            LoopbackPort port = opened("port", port(settings.port(), say));
            address = "http://" + LoopbackPort.ADDRESS + ":" + port.number();
            Database database = opened("database", database(settings));
            say.accept("database:  " + database.description());
            Core core = opened("core", Core.open(database, settings, home, address, clock));
            opened("HTTP", HttpServer.start(port, new HttpParts(core, settings, database, clock)::register));
            core.start();
            new ServerFile(address, ProcessHandle.current().pid()).write(home.root());
            opened("server file", () -> ServerFile.remove(home.root()));
            // Ended first, while HTTP still says that this server is not ready.
            opened("work", core::drain);
            LOG.info("up at {}", address);
        } catch (Exception problem) {
            close();
            throw problem;
        }
    }

    /** As {@link #start(ServerSettings, Consumer, InstantSource)} with the system's clock. */
    public static TidegateServer start(ServerSettings settings, Consumer<String> say) throws Exception {
        return start(settings, say, InstantSource.system());
    }

    /**
     * Starts a server.
     *
     * @param say told in a line each what a person who starts it wants to know
     * @param clock what the server takes for the time; leases go by the database's
     * @throws io.tidegate.server.home.HomeFolderException when the home folder cannot be used
     * @throws io.tidegate.server.database.DatabaseException when the database cannot be used
     */
    public static TidegateServer start(ServerSettings settings, Consumer<String> say, InstantSource clock)
            throws Exception {
        TidegateServer server = new TidegateServer(settings, say, clock);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "tidegate-end"));
        return server;
    }

    public String address() {
        return address;
    }

    public Path home() {
        return home.root();
    }

    /** Waits until the server has been closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Ends every part, the youngest first, which is what SIGTERM does, too. Running steps go on; other servers on the database, or the next
     * one, find them.
     */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.part().close();
            } catch (Exception problem) {
                LOG.warn("{} did not end cleanly: {}", part.name(), problem.toString());
            }
        }
        ended.countDown();
    }

    private <T extends AutoCloseable> T opened(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    private Database database(ServerSettings settings) {
        return settings.databaseUrl()
                .<Database>map(ExternalDatabase::new)
                .orElseGet(() -> EmbeddedDatabase.start(home.database()));
    }

    private static LoopbackPort port(int wanted, Consumer<String> say) {
        LoopbackPort port = LoopbackPort.hold(wanted);
        if (port.number() != wanted && wanted != 0) {
            say.accept("port " + wanted + " is taken, so the dashboard is on port " + port.number());
        }
        return port;
    }
}
