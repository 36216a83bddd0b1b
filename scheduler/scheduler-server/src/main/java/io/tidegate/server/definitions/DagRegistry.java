package io.tidegate.server.definitions;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.CanonicalForm;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.DagVersion;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.view.DagViews.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database's DAGs equal to the DAG files. A file with problems leaves the DAG's last good version in place. Thread-safe.
 */
public final class DagRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(DagRegistry.class);
    private static final int SNAPSHOT_NAME_LENGTH = 16;

    private final List<Path> folders;
    private final Path snapshots;
    private final DagStore store;
    private final Consumer<DagGraph> registered;
    private final InstantSource clock;
    private final Map<Path, Known> known = new HashMap<>();
    private volatile List<FileProblem> problems = List.of();

    /**
     * @param folders where DAG files are looked for
     * @param snapshots where versions are kept
     * @param registered told of each graph before its version is kept
     */
    public DagRegistry(
            List<Path> folders, Path snapshots, DagStore store, Consumer<DagGraph> registered, InstantSource clock) {
        this.folders = List.copyOf(folders);
        this.snapshots = snapshots;
        this.store = store;
        this.registered = registered;
        this.clock = clock;
    }

    private record Known(String stamp, List<String> libraries, Optional<DagId> dag, List<FileProblem> problems) {
        static final Known NOTHING = new Known("", List.of(), Optional.empty(), List.of());
    }

    public List<Path> folders() {
        return folders;
    }

    /** What is wrong with files now. */
    public List<FileProblem> problems() {
        return problems;
    }

    /**
     * Looks at all files and takes in what changed.
     *
     * @return DAGs whose current version changed
     */
    public synchronized List<DagId> scan() {
        List<DagId> changed = new ArrayList<>();
        Map<DagId, Path> owners = new LinkedHashMap<>();
        List<FileProblem> found = new ArrayList<>();
        List<Path> files = DagFiles.below(folders.stream().filter(Files::exists).toList());
        known.keySet().retainAll(files);
        for (Path file : files) {
            Known state = look(file, changed);
            known.put(file, state);
            found.addAll(state.problems());
            state.dag().ifPresent(dag -> {
                Path other = owners.putIfAbsent(dag, file);
                if (other != null) {
                    found.add(problem(file, "DAG " + dag + " is already declared in " + other + "; names of DAGs are unique"));
                }
            });
        }
        store.retainOnly(List.copyOf(owners.keySet()));
        problems = List.copyOf(found);
        return changed;
    }

    private Known look(Path file, List<DagId> changed) {
        Known before = known.getOrDefault(file, Known.NOTHING);
        try {
            if (before.stamp().equals(FolderSnapshot.of(file, before.libraries()).stamp())) {
                return before;
            }
            ParseResult result = DagParser.parse(file);
            if (result.graph().isPresent()) {
                return register(file, result.graph().get(), changed);
            }
            FolderSnapshot snapshot = FolderSnapshot.of(file, List.of());
            return new Known(snapshot.stamp(), List.of(), before.dag(), problems(result));
        } catch (IOException | UncheckedIOException problem) {
            LOG.warn("DAG file {}: {}", file, problem.getMessage());
            return new Known("", List.of(), before.dag(), List.of(problem(file, problem.getMessage())));
        }
    }

    private Known register(Path file, DagGraph graph, List<DagId> changed) throws IOException {
        DagId dag = graph.definition().id();
        List<String> libraries = graph.definition().resources().libraries();
        FolderSnapshot snapshot = FolderSnapshot.of(file, libraries);
        String stamp = snapshot.stamp();
        String hash = DagVersion.of(graph.definition(), snapshot.digests(file));
        Path folder = snapshots.resolve(dag.value()).resolve(hash.substring(0, SNAPSHOT_NAME_LENGTH));
        snapshot.copyTo(folder);
        DagStore.StoredVersion version = new DagStore.StoredVersion(
                new DagVersionId(dag, hash),
                Files.readString(file),
                CanonicalForm.of(graph.definition()),
                folder.toString(),
                file.getFileName().toString(),
                clock.instant());
        registered.accept(graph);
        if (store.save(version, file.toString())) {
            LOG.info("DAG {} is now version {} ({})", dag, hash.substring(0, 12), file);
            changed.add(dag);
        }
        return new Known(stamp, libraries, Optional.of(dag), List.of());
    }

    private static List<FileProblem> problems(ParseResult result) {
        return result.problems().stream()
                .map(problem -> new FileProblem(
                        problem.file(), problem.line(), problem.column(), problem.message(), problem.suggestion()))
                .toList();
    }

    private static FileProblem problem(Path file, String message) {
        return new FileProblem(file.toString(), 1, 1, message, Optional.empty());
    }
}
