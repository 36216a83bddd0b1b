package io.tidegate.store.lineage;

import io.tidegate.store.lineage.LineageReads.ContentEdge;
import io.tidegate.store.lineage.LineageReads.ModelEdge;
import io.tidegate.store.lineage.LineageReads.Reader;
import io.tidegate.store.lineage.NodeKeys.ContentKey;
import io.tidegate.store.lineage.NodeKeys.StepKey;
import io.tidegate.store.lineage.NodeKeys.VersionKey;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Breadth first, level by level, until nothing new is found or the graph is full. Not thread-safe. */
final class LineageWalk {
    private final LineageReads reads;
    private final LineageGraph graph;

    LineageWalk(LineageReads reads, LineageGraph graph) {
        this.reads = reads;
        this.graph = graph;
    }

    /** Towards the sources: what the attempts read, who wrote that, and the models they worked with. */
    void upstream(StepKey start) {
        Set<StepKey> seen = new HashSet<>(Set.of(start));
        Set<StepKey> level = Set.of(start);
        while (!level.isEmpty()) {
            Set<StepKey> makers = new LinkedHashSet<>();
            for (ContentEdge read : whole(reads.reads(level))) {
                String content = read.content().key().id();
                if (graph.add(read.content())) {
                    graph.connect(content, read.step().id());
                    read.writer().ifPresent(writer -> addMaker(writer, content, makers));
                }
            }
            for (ModelEdge used : whole(reads.modelsUsed(level))) {
                if (graph.add(used.version())) {
                    graph.connect(used.version().id(), used.step().id());
                    addMaker(used.maker(), used.version().id(), makers);
                }
            }
            makers.removeIf(maker -> !seen.add(maker));
            level = makers;
        }
    }

    private void addMaker(StepKey maker, String made, Set<StepKey> makers) {
        if (graph.add(maker)) {
            graph.connect(maker.id(), made);
            makers.add(maker);
        }
    }

    /** One level on the way down. */
    private record Level(Set<StepKey> steps, Set<ContentKey> contents, Set<VersionKey> versions) {
        static Level empty() {
            return new Level(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        boolean isEmpty() {
            return steps.isEmpty() && contents.isEmpty() && versions.isEmpty();
        }
    }

    void downstream(StepKey start) {
        downstream(new Level(Set.of(start), Set.of(), Set.of()));
    }

    void downstream(ContentKey start) {
        downstream(new Level(Set.of(), Set.of(start), Set.of()));
    }

    void downstream(VersionKey start) {
        downstream(new Level(Set.of(), Set.of(), Set.of(start)));
    }

    /** Towards what was built: readers of the contents, users of the models, and what those made. */
    private void downstream(Level start) {
        Set<Object> seen = new HashSet<>(start.steps());
        seen.addAll(start.contents());
        seen.addAll(start.versions());
        Level level = start;
        while (!level.isEmpty()) {
            Level next = Level.empty();
            for (Reader reader : whole(reads.readers(level.contents()))) {
                if (graph.add(reader.step())) {
                    graph.connect(reader.content().id(), reader.step().id());
                    next.steps().add(reader.step());
                }
            }
            for (ModelEdge user : whole(reads.modelUsers(level.versions()))) {
                if (graph.add(user.step())) {
                    graph.connect(user.version().id(), user.step().id());
                    next.steps().add(user.step());
                }
            }
            made(level, next);
            next.steps().removeIf(step -> !seen.add(step));
            next.contents().removeIf(content -> !seen.add(content));
            next.versions().removeIf(version -> !seen.add(version));
            level = next;
        }
    }

    private void made(Level level, Level next) {
        for (ContentEdge written : whole(reads.writes(level.steps()))) {
            if (graph.add(written.content())) {
                graph.connect(written.step().id(), written.content().key().id());
                next.contents().add(written.content().key());
            }
        }
        for (ModelEdge made : whole(reads.modelsMade(level.steps()))) {
            if (graph.add(made.version())) {
                graph.connect(made.step().id(), made.version().id());
                next.versions().add(made.version());
            }
        }
    }

    /** Says so when a hop had more edges than were read. */
    private <T> List<T> whole(List<T> edges) {
        if (edges.size() >= LineageReads.MOST) {
            graph.truncate();
        }
        return edges;
    }
}
