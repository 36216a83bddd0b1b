package io.tidegate.server.definitions;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.DagRecursion;
import io.tidegate.dag.parser.CanonicalForm;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.DagVersion;
import io.tidegate.dag.parser.ParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
     * @param hash names the version
     */
    record Found(DagGraph graph, FolderSnapshot snapshot, String source, String canonicalForm, String hash) {
        List<String> libraries() {
            return graph.definition().resources().libraries();
        }
    }

    /** Whether it may come to something else once other DAGs have changed. */
    boolean dependsOnOthers() {
        return found.isEmpty()
                || !DagRecursion.runBy(found.get().graph().definition()).isEmpty();
    }

    /** @throws IOException when the file or one beside it cannot be read; the message is for the author */
    static DagReading of(Path file, DagRegistry.Parsing parsing, FolderListings listings) throws IOException {
        ParseResult result = DagParser.parse(file, parsing.limits(), parsing.runs());
        if (result.graph().isEmpty()) {
            return new DagReading(FolderSnapshot.of(file, List.of(), listings).stamp(), result, Optional.empty());
        }
        DagGraph graph = result.graph().get();
        FolderSnapshot snapshot =
                FolderSnapshot.of(file, graph.definition().resources().libraries(), listings);
        return new DagReading(
                snapshot.stamp(),
                result,
                Optional.of(new Found(
                        graph,
                        snapshot,
                        Files.readString(file),
                        CanonicalForm.of(graph.definition()),
                        DagVersion.of(graph.definition(), snapshot.digests(file)))));
    }
}
