package io.tidegate.server.testing;

import io.tidegate.executor.LaunchKey;
import io.tidegate.server.database.EmbeddedDatabase;
import io.tidegate.server.home.FolderTree;
import io.tidegate.server.runtime.TidegateServer;
import io.tidegate.server.settings.ConfigurationFile;
import io.tidegate.server.settings.Installation;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.token.AttemptTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole server with a home folder and a DAG folder of its own, for all tests of a class. */
public final class TestServer implements BeforeAllCallback, AfterAllCallback {
    private final List<String> examples;
    private final UnaryOperator<String> configuration;
    private final boolean besideDatabase;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private Path folder;
    private Optional<EmbeddedDatabase> database = Optional.empty();
    private TidegateServer server;

    private TestServer(List<String> examples, UnaryOperator<String> configuration, boolean besideDatabase) {
        this.examples = examples;
        this.configuration = configuration;
        this.besideDatabase = besideDatabase;
    }

    /** A server with some of the DAG folders in {@code src/test/resources/dags}. */
    public static TestServer with(String... examples) {
        return new TestServer(List.of(examples), database -> "", false);
    }

    /** The same with a configuration file. */
    public TestServer configured(String yaml) {
        return new TestServer(examples, database -> yaml, false);
    }

    /**
     * The same on a database that is not its own.
     *
     * @param yaml the configuration file, made of the JDBC address of the database
     */
    public TestServer configuredWithDatabase(UnaryOperator<String> yaml) {
        return new TestServer(examples, yaml, true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("tidegate-test");
        Files.createDirectories(dags());
        for (String example : examples) {
            copy(resource("dags/" + example), dags().resolve(example));
        }
        if (besideDatabase) {
            database = Optional.of(EmbeddedDatabase.start(folder.resolve("database")));
        }
        Files.writeString(
                configurationFile(),
                configuration.apply(database.map(EmbeddedDatabase::jdbcUrl).orElse("")));
        start();
    }

    /** Starts on the same home folder, again after {@link #stop}. */
    public void start() throws Exception {
        server = TidegateServer.start(settings(), said::add);
    }

    public void stop() {
        server.close();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            api().cancelEverything();
            server.close();
        }
        database.ifPresent(EmbeddedDatabase::close);
        FolderTree.delete(folder);
    }

    private ServerSettings settings() {
        return new ServerSettings(
                home(),
                database.map(EmbeddedDatabase::jdbcUrl),
                0,
                List.of(dags()),
                ConfigurationFile.read(configurationFile()),
                installation());
    }

    /** The working tree that is being built. */
    public static Installation installation() {
        return new Installation(Path.of("").toAbsolutePath().getParent().getParent());
    }

    public String address() {
        return server.address();
    }

    public Path home() {
        return folder.resolve("home");
    }

    /** The JDBC address of the database, when it is not the server's own. */
    public String jdbcUrl() {
        return database.orElseThrow().jdbcUrl();
    }

    /** Where DAG files are looked for. */
    public Path dags() {
        return folder.resolve("dags");
    }

    private Path configurationFile() {
        return folder.resolve("tidegate.yaml");
    }

    /** The token that the attempt of a launch key was given. */
    public String token(String launchKey) {
        try {
            return AttemptTokens.keptIn(home().resolve("secret")).tokenOf(new LaunchKey(launchKey));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** What people who start it were told. */
    public List<String> said() {
        return List.copyOf(said);
    }

    public Api api() {
        return new Api(address());
    }

    /** Declares a DAG in a folder of its own, and waits until the server has taken the file in. */
    public void declare(String dag, String yaml) {
        Path file = dagFile(dag);
        try {
            Files.createDirectories(file.getParent());
            Path temporary = Files.writeString(file.resolveSibling("." + dag), yaml);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        Waiting.until(
                () -> api().get("/dags/" + dag).body().path("source").asText().equals(yaml));
    }

    public Path dagFile(String dag) {
        return dags().resolve(dag).resolve(dag + ".dag.yaml");
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(TestServer.class.getResource("/" + name).toURI());
    }

    /** Copies a folder with everything in it. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
