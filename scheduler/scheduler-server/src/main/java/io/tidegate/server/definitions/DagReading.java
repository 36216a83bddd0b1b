package io.tidegate.server.definitions;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.DagRecursion;
import io.tidegate.dag.parser.CanonicalForm;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.DagVersion;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.trigger.DagOutline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What reading a DAG file came to, before anything of it is taken in: many files can be read at the same time.
 *
 * @param stamp of the file and what lies beside it, from before it was read
 * @param found what the file declares; absent when it has problems
 */
record DagReading(String stamp, ParseResult result, Optional<Found> found) {
    /**
     * A DAG as its file declares it.
     *
     * @param source the file's text
     * @param contents names the content of all files that were looked at; absent when the snapshot does not hold all of them
     */
    record Found(
            DagGraph graph,
            DagOutline outline,
            FolderSnapshot snapshot,
            String source,
            String canonicalForm,
            DagVersionId version,
            Optional<String> contents) {
        List<String> libraries() {
            return graph.definition().resources().libraries();
        }
    }

    /** Whether it may come to something else once other DAGs have changed. */
    boolean dependsOnOthers() {
        return found.isEmpty()
                || !DagRecursion.runBy(found.get().graph().definition()).isEmpty();
    }

    /** What spares the next server to read the file, where nothing but files decides what it comes to. */
    Optional<EarlierReading> forNextServer() {
        return found.filter(dag -> !dependsOnOthers() && !PoolChecks.concern(dag.graph()))
                .flatMap(dag -> dag.contents()
                        .map(contents -> new EarlierReading(
                                contents,
                                dag.version(),
                                dag.outline(),
                                dag.libraries(),
                                dag.graph().definition().resources().secrets())));
    }

    /** @throws IOException when the file or one beside it cannot be read; the message is for the author */
    static DagReading of(Path file, DagRegistry.Parsing parsing, FolderListings listings) throws IOException {
        // Before it is parsed: what changes in between is another content.
        Optional<byte[]> content = content(file, parsing.limits().largestFile());
        Set<String> beside = new HashSet<>();
        ParseResult result = DagParser.parse(file, parsing.limits(), parsing.runs(), beside::add);
        if (result.graph().isEmpty()) {
            return new DagReading(FolderSnapshot.of(file, List.of(), listings).stamp(), result, Optional.empty());
        }
        byte[] bytes = content.orElseThrow(() -> new IOException("it could not be read a moment ago"));
        DagGraph graph = result.graph().get();
        FolderSnapshot snapshot =
                FolderSnapshot.of(file, graph.definition().resources().libraries(), listings);
        String canonicalForm = CanonicalForm.of(graph.definition());
        String hash = DagVersion.of(canonicalForm, snapshot.digests(file));
        Found found = new Found(
                graph,
                DagOutline.of(graph),
                snapshot,
                new String(bytes, StandardCharsets.UTF_8),
                canonicalForm,
                new DagVersionId(graph.definition().id(), hash),
                snapshot.shares(beside)
                        ? Optional.of(snapshot.contents(file, FolderListings.digest(bytes)))
                        : Optional.empty());
        return new DagReading(snapshot.stamp(), result, Optional.of(found));
    }

    /** Empty when it cannot be read: the parser says why. */
    private static Optional<byte[]> content(Path file, int largest) {
        try (InputStream stream = Files.newInputStream(file)) {
            return Optional.of(stream.readNBytes(largest + 1));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
