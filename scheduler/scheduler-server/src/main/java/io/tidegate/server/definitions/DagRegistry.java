package io.tidegate.server.definitions;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.CanonicalForm;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.DagVersion;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.scheduler.view.DagViews.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database's DAGs equal to the DAG files. A file with problems leaves the DAG's last good version in place. Thread-safe.
 */
public final class DagRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(DagRegistry.class);
    private static final int SNAPSHOT_NAME_LENGTH = 16;
    private static final Pattern NAME = Pattern.compile("(?m)^dag: *([a-z][a-z0-9]*(?:[_-][a-z0-9]+)*)\\s*$");

    private final List<Path> folders;
    private final Parsing parsing;
    private final Path snapshots;
    private final DagStore store;
    private final Consumer<DagGraph> registered;
    private final PoolChecks pools;
    private final InstantSource clock;
    private final Map<Path, Known> known = new HashMap<>();
    private volatile List<FileProblem> problems = List.of();

    /**
     * How files are read.
     *
     * @param limits what a file may ask for
     * @param runs DAGs that steps of another DAG run, as that one is now; empty for one that is not known
     */
    public record Parsing(ParserLimits limits, Function<DagId, Set<DagId>> runs) {}

    /**
     * @param folders where DAG files are looked for
     * @param parsing how files are read
     * @param snapshots where versions are kept
     * @param registered told of each graph before its version is kept
     * @param pools looks at what steps ask of pools
     */
    public DagRegistry(
            List<Path> folders,
            Parsing parsing,
            Path snapshots,
            DagStore store,
            Consumer<DagGraph> registered,
            PoolChecks pools,
            InstantSource clock) {
        this.folders = List.copyOf(folders);
        this.parsing = parsing;
        this.snapshots = snapshots;
        this.store = store;
        this.registered = registered;
        this.pools = pools;
        this.clock = clock;
    }

    /**
     * What a file was when it was last looked at.
     *
     * @param stamp equal as long as nothing changed; empty text to look again in any case
     * @param dag the DAG that stays as long as the file does
     * @param owner whether versions of that DAG come from this file
     */
    private record Known(
            String stamp, List<String> libraries, Optional<DagId> dag, boolean owner, List<FileProblem> problems) {
        static final Known NOTHING = new Known("", List.of(), Optional.empty(), false, List.of());
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
     * @return DAGs whose files are new or changed for this server, whichever server wrote their version down first
     */
    public synchronized List<DagId> scan() {
        List<DagId> changed = new ArrayList<>();
        Set<DagId> present = new LinkedHashSet<>();
        List<FileProblem> found = new ArrayList<>();
        List<Path> files = files(found);
        known.keySet().retainAll(files);
        Map<DagId, Path> owners = new HashMap<>();
        known.forEach(
                (file, state) -> state.dag().filter(dag -> state.owner()).ifPresent(dag -> owners.put(dag, file)));
        for (Path file : files) {
            Known state = look(file, owners, changed);
            known.put(file, state);
            found.addAll(state.problems());
            state.dag().ifPresent(present::add);
            state.dag().filter(dag -> state.owner()).ifPresent(dag -> owners.putIfAbsent(dag, file));
        }
        store.retainOnly(List.copyOf(present));
        problems = List.copyOf(found);
        return changed;
    }

    /** A folder that cannot be read right now keeps the files it had. */
    private List<Path> files(List<FileProblem> found) {
        Set<Path> files = new TreeSet<>();
        for (Path folder : folders) {
            try {
                if (Files.exists(folder)) {
                    files.addAll(DagFiles.in(folder));
                } else {
                    found.add(problem(folder, "there is no such folder"));
                }
            } catch (UncheckedIOException unreadable) {
                found.add(problem(folder, unreadable.getMessage()));
                known.keySet().stream().filter(file -> file.startsWith(folder)).forEach(files::add);
            }
        }
        return List.copyOf(files);
    }

    private Known look(Path file, Map<DagId, Path> owners, List<DagId> changed) {
        Known before = known.getOrDefault(file, Known.NOTHING);
        try {
            if (before.stamp()
                    .equals(FolderSnapshot.of(file, before.libraries()).stamp())) {
                return before;
            }
            ParseResult result = DagParser.parse(file, parsing.limits(), parsing.runs());
            if (result.graph().isEmpty()) {
                String stamp = FolderSnapshot.of(file, List.of()).stamp();
                return new Known(stamp, List.of(), lastGood(file, before), before.owner(), problems(result));
            }
            DagGraph graph = result.graph().get();
            Path owner = owners.getOrDefault(graph.definition().id(), file);
            if (!owner.equals(file)) {
                String message = "DAG " + graph.definition().id() + " is already declared in " + owner
                        + "; names of DAGs are unique, so choose another";
                return new Known("", List.of(), Optional.empty(), false, List.of(problem(file, message)));
            }
            List<FileProblem> refused = pools.problems(file, Files.readString(file), graph);
            if (!refused.isEmpty()) {
                // Looked at again in any case: the pool may be made larger.
                return new Known("", List.of(), lastGood(file, before), before.owner(), refused);
            }
            return register(file, graph, changed);
        } catch (StoreUnavailableException later) {
            throw later;
        } catch (IOException | RuntimeException problem) {
            // Whatever is wrong with one file must not keep the others out.
            LOG.warn("DAG file {}", file, problem);
            return new Known(
                    "",
                    List.of(),
                    before.dag(),
                    before.owner(),
                    List.of(problem(file, "cannot be taken in: " + problem.getMessage())));
        }
    }

    /** The DAG that a file which cannot be read belongs to: the one it held before, or, after a restart, the one it names. */
    private Optional<DagId> lastGood(Path file, Known before) throws IOException {
        if (before.dag().isPresent()) {
            return before.dag();
        }
        Matcher name = NAME.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        return name.find()
                ? Optional.of(new DagId(name.group(1)))
                        .filter(dag -> store.current(dag).isPresent())
                : Optional.empty();
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
        }
        changed.add(dag);
        return new Known(stamp, libraries, Optional.of(dag), true, List.of());
    }

    private static List<FileProblem> problems(ParseResult result) {
        return result.problems().stream()
                .map(problem -> new FileProblem(
                        problem.file(),
                        problem.line(),
                        problem.column(),
                        problem.message() + used(problem),
                        problem.suggestion()))
                .toList();
    }

    private static String used(Problem problem) {
        return problem.uses().isEmpty()
                ? ""
                : problem.uses().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(", from ", " (used at ", ")"));
    }

    private static FileProblem problem(Path file, String message) {
        return new FileProblem(file.toString(), 1, 1, message, Optional.empty());
    }
}
