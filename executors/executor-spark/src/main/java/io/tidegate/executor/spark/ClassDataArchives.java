package io.tidegate.executor.spark;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The class-data archives of a cache folder. An archive holds the classes of a Spark home in the form that the Java runtime maps into
 * memory, which spares a short application most of its start. It is made from a class list by a Java runtime of lowest priority, under
 * a name of its own, and moved into place whole; a lock keeps two servers from making the same one at once. The Java runtime itself
 * checks that an archive fits, and goes on without it when it does not. Safe for use by several threads.
 */
final class ClassDataArchives implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ClassDataArchives.class.getName());

    // A file lock belongs to the whole virtual machine, so one that is taken there already is refused and not waited
    // for.
    private static final Lock ONE_AT_A_TIME_HERE = new ReentrantLock();

    private final SparkHome home;
    private final Path emptyConfiguration;
    private final Path cache;
    private final ClassList classList;
    private final ExecutorService thread;
    /** What is being made or was tried, so that a failure is not repeated until something changes. */
    private final Map<ArchiveKey, CompletableFuture<Optional<Path>>> builds = new ConcurrentHashMap<>();

    private final Set<Process> processes = ConcurrentHashMap.newKeySet();

    ClassDataArchives(SparkHome home, Path emptyConfiguration, Path cache, ClassList classList) {
        this.home = home;
        this.emptyConfiguration = emptyConfiguration;
        this.cache = cache;
        this.classList = classList;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread worker = new Thread(work, "tidegate-class-data-archive");
            worker.setDaemon(true);
            return worker;
        });
    }

    /** The archive that fits now; empty when there is none. */
    Optional<Path> find(JavaRuntime java) {
        try {
            Path archive =
                    cache.resolve(ArchiveKey.of(home, java, emptyConfiguration).fileName());
            return Optional.of(archive).filter(Files::isRegularFile);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot tell which class-data archive fits " + home.path(), e);
            return Optional.empty();
        }
    }

    /**
     * Makes the archive that fits now, unless it is there or being made.
     *
     * @param environment what spark-submit starts with
     * @return completes with the archive; empty when it could not be made, which the log explains
     */
    CompletableFuture<Optional<Path>> make(JavaRuntime java, Map<String, String> environment) {
        ArchiveKey key;
        try {
            key = ArchiveKey.of(home, java, emptyConfiguration);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot make a class-data archive for " + home.path(), e);
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Path archive = cache.resolve(key.fileName());
        if (Files.isRegularFile(archive)) {
            return CompletableFuture.completedFuture(Optional.of(archive));
        }
        if (thread.isShutdown()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return builds.compute(
                key,
                (ignored, known) ->
                        known == null || (known.isDone() && known.join().isPresent())
                                ? CompletableFuture.supplyAsync(() -> makeOnce(key, archive, environment), thread)
                                : known);
    }

    private Optional<Path> makeOnce(ArchiveKey key, Path archive, Map<String, String> environment) {
        Path lockFile = cache.resolve(key.place() + ".lock");
        ONE_AT_A_TIME_HERE.lock();
        try {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                // Whoever had the lock before may have made it.
                if (!Files.isRegularFile(archive) && lock.isValid()) {
                    build(key, archive, environment);
                }
            }
            return Optional.of(archive).filter(Files::isRegularFile);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no class-data archive for " + home.path() + ": Spark steps start slower",
                    e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            ONE_AT_A_TIME_HERE.unlock();
        }
    }

    private void build(ArchiveKey key, Path archive, Map<String, String> environment)
            throws IOException, InterruptedException {
        // Under the lock nobody else makes one for this place: what is there, or still at work, was given up when its
        // server died.
        String prefix = "making-" + key.place() + "-";
        endOrphans(cache.resolve(prefix).toString());
        try (DirectoryStream<Path> orphans = Files.newDirectoryStream(cache, prefix + "*")) {
            orphans.forEach(FileTrees::delete);
        }
        Path folder = Files.createTempDirectory(cache, prefix);
        try {
            Path classes = folder.resolve("classes.list");
            Path made = folder.resolve("made.jsa");
            Path log = folder.resolve("log");
            classList.writeTo(classes);
            int exitCode = dump(classes, made, log, environment);
            if (exitCode != 0 || !Files.isRegularFile(made)) {
                throw new IOException("the Java runtime ended with code " + exitCode + ": " + LastLines.of(log));
            }
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
            deleteOutdated(key);
            LOG.log(System.Logger.Level.INFO, "Spark steps now start faster: made class-data archive {0}", archive);
        } finally {
            FileTrees.delete(folder);
        }
    }

    private static void endOrphans(String place) {
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(place))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Goes through spark-submit, so that the class path is the one that applications have, to the letter. */
    private int dump(Path classes, Path made, Path log, Map<String, String> environment)
            throws IOException, InterruptedException {
        String options = JavaOptions.join(List.of(
                "-XX:+UseSerialGC",
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + made,
                "-Xlog:cds=warning"));
        ProcessBuilder builder = new ProcessBuilder(
                        "nice",
                        "-n",
                        "19",
                        home.submitScript().toString(),
                        "--master",
                        "local",
                        "--driver-memory",
                        "512m",
                        "--driver-java-options",
                        options,
                        "--class",
                        "none",
                        "none")
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        try {
            return process.waitFor();
        } finally {
            processes.remove(process);
        }
    }

    /** Archives for the same home and runtime as they were before. An application that has one open keeps it. */
    private void deleteOutdated(ArchiveKey key) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(cache, key.place() + "-*.jsa")) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(key.fileName())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Gives up what is being made. */
    @Override
    public void close() {
        thread.shutdownNow();
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }
}
