package io.tidegate.server.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * The folder a server keeps its data in, held by one server at a time. The hold is a file lock: it ends with the process, however that
 * ends. What servers on one database must find alike (attempts, snapshots of DAGs, data, the secret of tokens) may lie in a folder that they share.
 */
public final class HomeFolder implements AutoCloseable {
    private final Path root;
    private final Path shared;
    private final FileChannel lockChannel;

    private HomeFolder(Path root, Path shared, FileChannel lockChannel) {
        this.root = root;
        this.shared = shared;
        this.lockChannel = lockChannel;
    }

    /** As {@link #open(Path, Optional)}, with everything in the one folder. */
    public static HomeFolder open(Path folder) {
        return open(folder, Optional.empty());
    }

    /**
     * Makes the folder if it is not there, and holds it.
     *
     * @param shared where what several servers have in common lies, which nobody holds; the home folder when absent
     * @throws HomeFolderException when it cannot be written, or another server holds it
     */
    public static HomeFolder open(Path folder, Optional<Path> shared) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new HomeFolderException("home folder " + root + " is in use by another Tidegate server"
                        + ServerFile.read(root)
                                .map(file -> " (process " + file.processId() + ", " + file.address() + ")")
                                .orElse("")
                        + "; stop it, or choose another folder with --home");
            }
            return new HomeFolder(root, shared.map(Path::normalize).orElse(root), channel);
        } catch (AccessDeniedException | FileAlreadyExistsException problem) {
            throw new HomeFolderException("home folder " + root + " cannot be written: " + problem.getMessage()
                    + " is not writable; change its permissions, or choose another folder with --home");
        } catch (IOException problem) {
            throw new HomeFolderException("home folder " + root + " cannot be used: " + problem.getMessage()
                    + "; choose another folder with --home");
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    public Path root() {
        return root;
    }

    /** Where the embedded database lies. */
    public Path database() {
        return root.resolve("postgres");
    }

    /** Attempt folders of local executors. */
    public Path attempts() {
        return folder("attempts");
    }

    /** Snapshots of DAG folders, one for each version. */
    public Path dagVersions() {
        return folder("dag-versions");
    }

    /** What this server knows of DAG files that have not changed since it read them: a cache. */
    public Path dagReadings() {
        return root.resolve("dag-readings.json");
    }

    /**
     * Where class-data archives for Spark are kept: with the user's other caches (XDG Base Directory Specification, XDG_CACHE_HOME), so that
     * servers on different home folders share them; in the home folder where there is no such place.
     */
    public Path sparkArchives(Map<String, String> environment) {
        Path caches = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        try {
            return Files.createDirectories(caches.resolve("tidegate").resolve("spark-archives"));
        } catch (IOException notWritable) {
            return folder("spark-archives");
        }
    }

    /** What tokens of attempts are made with. */
    public Path secret() {
        try {
            return Files.createDirectories(shared).resolve("secret");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** What the template name {@code home} stands for: where DAGs keep their data by default. */
    public Path data() {
        return folder("data");
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(shared.resolve(name));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
