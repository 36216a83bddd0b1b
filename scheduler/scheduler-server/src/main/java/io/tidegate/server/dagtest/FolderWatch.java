package io.tidegate.server.dagtest;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Waits for changes below folders. Not thread-safe, but for {@link #close}. */
public final class FolderWatch implements AutoCloseable {
    /** An editor writes a file in several steps, and a checkout many files: they count as one change. */
    private static final long QUIET_MILLISECONDS = 100;

    private static final Set<String> BUILD_OUTPUT = Set.of("target", "node_modules", "__pycache__");
    private static final int DEEPEST = 8;

    private final List<Path> roots;
    private final WatchService service;

    /**
     * @param paths folders with everything below them; for a file, its folder
     * @throws IOException when they cannot be watched
     */
    public FolderWatch(List<Path> paths) throws IOException {
        this.roots = paths.stream()
                .map(path ->
                        Files.isDirectory(path) ? path : path.toAbsolutePath().getParent())
                .toList();
        this.service = FileSystems.getDefault().newWatchService();
        register();
    }

    /**
     * Waits until something has changed, and no more changes come.
     *
     * @return false when the watch was closed
     * @throws InterruptedException when the thread is interrupted
     */
    public boolean await() throws IOException, InterruptedException {
        try {
            WatchKey key = service.take();
            while (key != null) {
                key.pollEvents();
                key.reset();
                key = service.poll(QUIET_MILLISECONDS, TimeUnit.MILLISECONDS);
            }
        } catch (ClosedWatchServiceException closed) {
            return false;
        }
        register();
        return true;
    }

    /** Also takes in folders that are new; registering one twice changes nothing. */
    private void register() throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (Path root : roots) {
            try (Stream<Path> found = Files.find(
                    root, DEEPEST, (path, attributes) -> attributes.isDirectory() && belongs(root.relativize(path)))) {
                found.forEach(folders::add);
            }
        }
        for (Path folder : folders) {
            folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        }
    }

    private static boolean belongs(Path relative) {
        for (Path part : relative) {
            String name = part.toString();
            if (name.startsWith(".") || BUILD_OUTPUT.contains(name)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
