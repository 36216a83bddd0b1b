package io.tidegate.server.definitions;

import io.tidegate.dag.DagId;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.scheduler.view.DagViews.FileProblem;
import io.tidegate.server.definitions.EarlierReadings.Unchanged;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database's DAGs equal to the DAG files. A file with problems leaves the DAG's last good version in place. Thread-safe.
 */
public final class DagRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DagRegistry.class);
    private static final int SNAPSHOT_NAME_LENGTH = 16;

    /** Graphs in memory at once while files are read. */
    private static final int TOGETHER = 200;

    private static final Pattern NAME = Pattern.compile("(?m)^dag: *([a-z][a-z0-9]*(?:[_-][a-z0-9]+)*)\\s*$");

    private final List<Path> folders;
    private final Parsing parsing;
    private final Path snapshots;
    private final DagStore store;
    private final DagListener listener;
    private final PoolChecks pools;
    private final InstantSource clock;
    private final Map<Path, Known> known = new HashMap<>();
    private volatile List<FileProblem> problems = List.of();

    /** What the database was told last; a server that starts tells it in any case. */
    private List<DagId> retained;

    /**
     * How files are read.
     *
     * @param limits what a file may ask for
     * @param runs DAGs that steps of another DAG run, as that one is now; empty for one that is not known
     * @param earlier what files came to that are not read again
     */
    public record Parsing(ParserLimits limits, Function<DagId, Set<DagId>> runs, EarlierReadings earlier) {}

    /** A file that was read, or what went wrong. */
    private record Attempt(Optional<DagReading> reading, Optional<Exception> problem) {
        DagReading orThrow() throws IOException {
            if (problem.isPresent() && problem.get() instanceof IOException unreadable) {
                throw unreadable;
            }
            if (problem.isPresent()) {
                throw (RuntimeException) problem.get();
            }
            return reading.orElseThrow();
        }
    }

    /**
     * @param folders where DAG files are looked for
     * @param parsing how files are read
     * @param snapshots where versions are kept
     * @param listener told of each DAG
     * @param pools looks at what steps ask of pools
     */
    public DagRegistry(
            List<Path> folders,
            Parsing parsing,
            Path snapshots,
            DagStore store,
            DagListener listener,
            PoolChecks pools,
            InstantSource clock) {
        this.folders = List.copyOf(folders);
        this.parsing = parsing;
        this.snapshots = snapshots;
        this.store = store;
        this.listener = listener;
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
        Set<DagId> present = new LinkedHashSet<>();
        List<FileProblem> found = new ArrayList<>();
        List<Path> files = files(found);
        Set<Path> there = Set.copyOf(files);
        known.keySet().retainAll(there);
        parsing.earlier().retainOnly(there);
        Scan scan = new Scan(new FolderListings(), new HashMap<>(), new ArrayList<>());
        known.forEach(
                (file, state) -> state.dag().filter(dag -> state.owner()).ifPresent(dag -> scan.owners.put(dag, file)));
        for (int from = 0; from < files.size(); from += TOGETHER) {
            List<Path> some = files.subList(from, Math.min(files.size(), from + TOGETHER));
            take(some, scan);
            for (Path file : some) {
                Known state = known.get(file);
                found.addAll(state.problems());
                state.dag().ifPresent(present::add);
            }
        }
        boolean first = retained == null;
        retain(List.copyOf(present));
        problems = List.copyOf(found);
        if (first) {
            parsing.earlier().save();
        }
        return scan.changed;
    }

    /** Leaves what the next server need not read again. */
    @Override
    public synchronized void close() {
        parsing.earlier().save();
    }

    /**
     * What a look at all files has come to so far.
     *
     * @param owners the file of each DAG
     * @param changed DAGs that were taken in
     */
    private record Scan(FolderListings listings, Map<DagId, Path> owners, List<DagId> changed) {}

    /** Told to the database once, and not again with every look at the files. */
    private void retain(List<DagId> present) {
        if (!present.equals(retained)) {
            store.retainOnly(present);
            retained = present;
        }
    }

    /** Takes in those of the files that changed. They are read as many at a time as there are processors. */
    private void take(List<Path> files, Scan scan) {
        List<Path> changed =
                files.stream().filter(file -> !isAsItWas(file, scan.listings)).toList();
        Map<Path, Unchanged> unchanged = unchanged(changed, scan.listings);
        Map<Path, Attempt> read = new ConcurrentHashMap<>();
        changed.parallelStream()
                .filter(file -> !unchanged.containsKey(file))
                .forEach(file -> read.put(file, attempt(file, scan.listings)));
        Map<DagId, DagStore.CurrentDag> current = current(read.values().stream()
                .flatMap(attempt -> attempt.reading().stream())
                .flatMap(reading -> reading.found().stream())
                .map(DagReading.Found::version));
        for (Path file : changed) {
            Known state = unchanged.containsKey(file)
                    ? take(file, unchanged.get(file), scan)
                    : take(file, read.get(file), current, scan);
            known.put(file, state);
            state.dag().filter(dag -> state.owner()).ifPresent(dag -> scan.owners.putIfAbsent(dag, file));
        }
    }

    /** Files that are as an earlier reading says, and whose DAGs the database has as that left them. */
    private Map<Path, Unchanged> unchanged(List<Path> files, FolderListings listings) {
        Map<Path, Unchanged> found = new ConcurrentHashMap<>();
        files.parallelStream()
                .forEach(file -> parsing.earlier().find(file, listings).ifPresent(same -> found.put(file, same)));
        Map<DagId, DagStore.CurrentDag> current =
                current(found.values().stream().map(same -> same.reading().version()));
        found.entrySet().removeIf(same -> {
            DagVersionId version = same.getValue().reading().version();
            return !isCurrent(version, same.getKey(), Optional.ofNullable(current.get(version.dag())))
                    || !Files.isDirectory(snapshotOf(version));
        });
        return found;
    }

    private boolean isAsItWas(Path file, FolderListings listings) {
        Known before = known.getOrDefault(file, Known.NOTHING);
        try {
            return !before.stamp().isEmpty()
                    && before.stamp()
                            .equals(FolderSnapshot.of(file, before.libraries(), listings)
                                    .stamp());
        } catch (IOException unreadable) {
            // Reading it tells what is wrong.
            LOG.debug("{}", file, unreadable);
            return false;
        }
    }

    private Attempt attempt(Path file, FolderListings listings) {
        try {
            return new Attempt(Optional.of(DagReading.of(file, parsing, listings)), Optional.empty());
        } catch (IOException | RuntimeException problem) {
            return new Attempt(Optional.empty(), Optional.of(problem));
        }
    }

    /** What the database has of the DAGs. */
    private Map<DagId, DagStore.CurrentDag> current(Stream<DagVersionId> versions) {
        List<DagId> dags = versions.map(DagVersionId::dag).distinct().toList();
        return dags.isEmpty()
                ? Map.of()
                : store.find(dags).stream()
                        .collect(Collectors.toMap(dag -> dag.version().dag(), dag -> dag));
    }

    /** A folder that cannot be read right now keeps the files it had. */
    private List<Path> files(List<FileProblem> found) {
        Set<Path> files = new TreeSet<>();
        for (Path folder : folders) {
            try {
                if (Files.exists(folder)) {
                    files.addAll(DagFiles.in(folder));
                } else {
                    found.add(FileProblems.of(folder, "there is no such folder"));
                }
            } catch (UncheckedIOException unreadable) {
                found.add(FileProblems.of(folder, unreadable.getMessage()));
                known.keySet().stream().filter(file -> file.startsWith(folder)).forEach(files::add);
            }
        }
        return List.copyOf(files);
    }

    private Known take(Path file, Attempt attempt, Map<DagId, DagStore.CurrentDag> current, Scan scan) {
        Known before = known.getOrDefault(file, Known.NOTHING);
        try {
            DagReading reading = attempt.orThrow();
            if (reading.dependsOnOthers()) {
                // One of those may have been taken in meanwhile.
                reading = DagReading.of(file, parsing, scan.listings);
            }
            return take(file, reading, before, current, scan);
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
                    List.of(FileProblems.of(file, "cannot be taken in: " + problem.getMessage())));
        }
    }

    private Known take(Path file, Unchanged unchanged, Scan scan) {
        EarlierReading reading = unchanged.reading();
        DagId dag = reading.version().dag();
        Path owner = scan.owners.getOrDefault(dag, file);
        if (!owner.equals(file)) {
            return declaredTwice(dag, owner, file);
        }
        listener.known(reading.version(), reading.outline(), reading.secrets());
        scan.changed.add(dag);
        return new Known(unchanged.stamp(), reading.libraries(), Optional.of(dag), true, List.of());
    }

    private Known take(Path file, DagReading reading, Known before, Map<DagId, DagStore.CurrentDag> current, Scan scan)
            throws IOException {
        if (reading.found().isEmpty()) {
            return new Known(
                    reading.stamp(),
                    List.of(),
                    lastGood(file, before),
                    before.owner(),
                    FileProblems.of(reading.result()));
        }
        DagReading.Found found = reading.found().get();
        DagId dag = found.version().dag();
        Path owner = scan.owners.getOrDefault(dag, file);
        if (!owner.equals(file)) {
            return declaredTwice(dag, owner, file);
        }
        List<FileProblem> refused = pools.problems(file, found.source(), found.graph());
        if (!refused.isEmpty()) {
            // Looked at again in any case: the pool may be made larger.
            return new Known("", List.of(), lastGood(file, before), before.owner(), refused);
        }
        register(file, found, Optional.ofNullable(current.get(dag)));
        parsing.earlier().put(file, reading.forNextServer());
        // Also where another server was the first to keep it: each server has alarms of its own.
        scan.changed.add(dag);
        return new Known(reading.stamp(), found.libraries(), Optional.of(dag), true, List.of());
    }

    private static Known declaredTwice(DagId dag, Path owner, Path file) {
        String message =
                "DAG " + dag + " is already declared in " + owner + "; names of DAGs are unique, so choose another";
        return new Known("", List.of(), Optional.empty(), false, List.of(FileProblems.of(file, message)));
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

    /**
     * Keeps the version, if it is new, and makes it the current one.
     *
     * @param current what the database has of the DAG
     */
    private void register(Path file, DagReading.Found found, Optional<DagStore.CurrentDag> current) throws IOException {
        DagVersionId id = found.version();
        Path folder = snapshotOf(id);
        found.snapshot().copyTo(folder);
        listener.read(found.graph());
        listener.known(
                id, found.outline(), found.graph().definition().resources().secrets());
        if (isCurrent(id, file, current)) {
            return;
        }
        DagStore.StoredVersion version = new DagStore.StoredVersion(
                id,
                found.source(),
                found.canonicalForm(),
                folder.toString(),
                file.getFileName().toString(),
                clock.instant());
        if (store.save(version, file.toString())) {
            LOG.info("DAG {} is now version {} ({})", id.dag(), id.hash().substring(0, 12), file);
        }
    }

    private static boolean isCurrent(DagVersionId version, Path file, Optional<DagStore.CurrentDag> current) {
        return current.filter(dag ->
                        dag.version().equals(version) && dag.originalPath().equals(file.toString()))
                .isPresent();
    }

    private Path snapshotOf(DagVersionId version) {
        return snapshots.resolve(version.dag().value()).resolve(version.hash().substring(0, SNAPSHOT_NAME_LENGTH));
    }
}
