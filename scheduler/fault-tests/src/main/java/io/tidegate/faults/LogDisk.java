package io.tidegate.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A small file system of its own for the folders of attempts, where the machine allows one to be mounted. */
final class LogDisk implements AutoCloseable {
    private static final long MEBIBYTES = 192;
    /** What the soak's programs write in a minute, and half as much again: nothing is ever deleted. */
    private static final long MEBIBYTES_A_MINUTE = 24;

    private static final long LIMIT_SECONDS = 20;
    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private final boolean mounted;

    private LogDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /** Mounts it on the folder if that is allowed, with room for a soak of some length; asks nobody for a password. */
    static LogDisk on(Path folder, Duration length) throws IOException, InterruptedException {
        String size = "size=" + (MEBIBYTES + MEBIBYTES_A_MINUTE * length.toMinutes()) + "m";
        return new LogDisk(folder, run("mount", "-t", "tmpfs", "-o", size, "tidegate-soak", folder.toString()));
    }

    /** The disk as it is, for a soak that does not fill it. */
    static LogDisk none(Path folder) {
        return new LogDisk(folder, false);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    boolean isMounted() {
        return mounted;
    }

    /** Writes a file until nothing more fits; whoever deletes it makes room. */
    Path fill() throws IOException {
        Path ballast = folder.resolve(".ballast");
        byte[] block = new byte[BLOCK];
        try (OutputStream stream = Files.newOutputStream(ballast)) {
            while (true) {
                stream.write(block);
            }
        } catch (IOException full) {
            if (!mounted) {
                throw full;
            }
            return ballast;
        }
    }

    /** Copies what is on it to where it stays. */
    void keepContent(Path to) throws IOException, InterruptedException {
        run("cp", "-a", folder.toString(), to.toString());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", "-l", folder.toString());
        }
    }
}
