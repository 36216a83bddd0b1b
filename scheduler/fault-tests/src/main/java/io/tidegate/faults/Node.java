package io.tidegate.faults;

import io.tidegate.server.home.ServerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One server of the soak: a home folder, and the process that holds it now. One thread at a time breaks and starts it; any thread may ask
 * for its address.
 */
final class Node {
    /** What a server's heap may grow to, unless told otherwise. */
    static final String USUAL_MEMORY = "-Xmx256m";

    private static final long STOP_LIMIT_SECONDS = 40;

    private final SoakFolder folder;
    private final int number;
    private volatile Optional<Process> process = Optional.empty();
    private volatile boolean frozen;
    private volatile boolean up;
    private String memory = USUAL_MEMORY;
    private int starts;

    Node(SoakFolder folder, int number) throws IOException {
        this.folder = folder;
        this.number = number;
        Files.createDirectories(home());
    }

    int number() {
        return number;
    }

    /** From the next start on. */
    void memory(String option) {
        memory = option;
    }

    private Path home() {
        return folder.node(number);
    }

    /** Starts the server; does not wait until it is up. */
    void start(String jdbcUrl) throws IOException {
        Files.deleteIfExists(home().resolve("server.json"));
        starts++;
        up = false;
        Path output = folder.root().resolve("node-" + number + "." + starts + ".out");
        process = Optional.of(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        memory,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dtidegate.install=" + folder.installation(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        NodeProgram.class.getName(),
                        home().toString(),
                        jdbcUrl,
                        folder.dags().toString(),
                        folder.configuration().toString(),
                        folder.clock(number).toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
    }

    /** Where it answers; empty while it is down, frozen, or not up yet. */
    Optional<String> address() {
        if (frozen) {
            return Optional.empty();
        }
        Optional<String> address = process.filter(Process::isAlive)
                .flatMap(running -> ServerFile.read(home()).filter(file -> file.processId() == running.pid()))
                .map(ServerFile::address);
        up = up || address.isPresent();
        return address;
    }

    /** Whether this process has ever been seen to answer. One that finds no database at its start does not come up. */
    boolean wasUp() {
        return up;
    }

    long processId() {
        return process.orElseThrow().pid();
    }

    boolean isAlive() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** How it ended, when nobody asked it to. */
    Optional<Integer> exitCode() {
        return process.filter(running -> !running.isAlive()).map(Process::exitValue);
    }

    void kill() throws InterruptedException {
        if (process.isPresent()) {
            process.get().destroyForcibly().waitFor();
        }
        frozen = false;
    }

    void freeze() throws IOException, InterruptedException {
        frozen = true;
        Signals.send("STOP", process.orElseThrow().pid());
    }

    void thaw() throws IOException, InterruptedException {
        Signals.send("CONT", process.orElseThrow().pid());
        frozen = false;
    }

    /** Asks it to end, as a deployment does; false when it had to be killed because it did not. */
    boolean terminate() throws InterruptedException {
        if (process.isEmpty()) {
            return true;
        }
        process.get().destroy();
        if (process.get().waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            return true;
        }
        kill();
        return false;
    }

    void clockIsOffBy(long seconds) throws IOException {
        Path file = folder.clock(number);
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(temporary, Long.toString(seconds));
        Files.move(temporary, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
