package io.tidegate.store.lineage;

import io.tidegate.scheduler.view.DataViews.Lineage;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import io.tidegate.store.lineage.NodeKeys.StepKey;
import io.tidegate.store.lineage.NodeKeys.VersionKey;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One question about lineage, answered on one connection. Not thread-safe. */
public final class LineageQuery {
    private static final String FIND_CONTENT = Sql.of(LineageQuery.class, "find_content");
    private static final String FIND_VERSION = Sql.of(LineageQuery.class, "find_version");
    private static final String STEP_FACTS = Sql.of(LineageQuery.class, "step_facts");
    private static final String MODEL_FACTS = Sql.of(LineageQuery.class, "model_facts");

    private final Handle handle;
    private final LineageGraph graph;
    private final LineageWalk walk;

    /** @param maximumNodes where to stop */
    public LineageQuery(Handle handle, int maximumNodes) {
        this.handle = handle;
        this.graph = new LineageGraph(Math.max(1, maximumNodes));
        this.walk = new LineageWalk(new LineageReads(handle), graph);
    }

    /**
     * Walks from a node.
     *
     * @return empty when there is no such node
     * @throws IllegalArgumentException when the text is no node's id, or a short form that fits several
     */
    public Optional<Lineage> from(String text, boolean upstream, boolean downstream) {
        Focus focus = Focus.parse(text);
        Optional<String> id;
        if (focus instanceof Focus.OfDataset dataset) {
            id = fromDataset(dataset, upstream, downstream);
        } else if (focus instanceof Focus.OfModel model) {
            id = fromModel(model, upstream, downstream);
        } else {
            id = fromStep((Focus.OfStep) focus, upstream, downstream);
        }
        id.ifPresent(found -> explain());
        return id.map(graph::view);
    }

    private record FoundContent(Content content, Optional<StepKey> writer) {}

    private Optional<String> fromDataset(Focus.OfDataset focus, boolean upstream, boolean downstream) {
        Optional<String> dag = focus.dag().isPresent() ? focus.dag() : onlyDag(focus.dataset());
        Optional<FoundContent> found = dag.flatMap(name -> content(name, focus));
        found.ifPresent(start -> {
            graph.add(start.content());
            String id = start.content().key().id();
            if (upstream && start.writer().isPresent()) {
                StepKey writer = start.writer().get();
                if (graph.add(writer)) {
                    graph.connect(writer.id(), id);
                    walk.upstream(writer);
                }
            }
            if (downstream) {
                walk.downstream(start.content().key());
            }
        });
        return found.map(start -> start.content().key().id());
    }

    private Optional<String> onlyDag(String dataset) {
        List<String> dags = handle.createQuery(
                        "SELECT DISTINCT dag FROM partition_current WHERE dataset = :dataset ORDER BY dag")
                .bind("dataset", dataset)
                .mapTo(String.class)
                .list();
        if (dags.size() > 1) {
            List<String> ids =
                    dags.stream().map(dag -> "dataset:" + dag + "/" + dataset).toList();
            throw new IllegalArgumentException(
                    "'" + dataset + "' is a dataset of several DAGs; write one of " + String.join(", ", ids));
        }
        return dags.stream().findFirst();
    }

    private Optional<FoundContent> content(String dag, Focus.OfDataset focus) {
        return handle.createQuery(FIND_CONTENT)
                .bind("dag", dag)
                .bind("dataset", focus.dataset())
                .bind("partition", focus.partition().orElse(null))
                .map(Row.reading(row -> new FoundContent(Content.of(row), StepKey.writer(row))))
                .findOne();
    }

    private Optional<String> fromModel(Focus.OfModel focus, boolean upstream, boolean downstream) {
        record Found(VersionKey version, StepKey maker) {}
        Optional<Found> found = handle.createQuery(FIND_VERSION)
                .bind("model", focus.model())
                .bind("version", focus.version().orElse(null))
                .map(Row.reading(row -> new Found(VersionKey.of(row), StepKey.of(row))))
                .findOne();
        found.ifPresent(start -> {
            graph.add(start.version());
            if (upstream && graph.add(start.maker())) {
                graph.connect(start.maker().id(), start.version().id());
                walk.upstream(start.maker());
            }
            if (downstream) {
                walk.downstream(start.version());
            }
        });
        return found.map(start -> start.version().id());
    }

    private Optional<String> fromStep(Focus.OfStep focus, boolean upstream, boolean downstream) {
        StepKey step = new StepKey(focus.run(), focus.step(), focus.attempt());
        if (facts(List.of(step)).isEmpty()) {
            return Optional.empty();
        }
        graph.add(step);
        if (upstream) {
            walk.upstream(step);
        }
        if (downstream) {
            walk.downstream(step);
        }
        return Optional.of(step.id());
    }

    private void explain() {
        facts(List.copyOf(graph.steps())).forEach(graph::explain);
        record Explained(String id, Map<String, String> facts) {}
        handle.createQuery(MODEL_FACTS)
                .bind("rows", Json.write(graph.versions()))
                .map(Row.reading(row -> new Explained(VersionKey.of(row).id(), modelFacts(row))))
                .forEach(explained -> graph.explain(explained.id(), explained.facts()));
    }

    private Map<String, Map<String, String>> facts(List<StepKey> steps) {
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        record Explained(String id, Map<String, String> facts) {}
        handle.createQuery(STEP_FACTS)
                .bind("rows", Json.write(steps))
                .map(Row.reading(row -> new Explained(StepKey.of(row).id(), stepFacts(row))))
                .forEach(explained -> facts.put(explained.id(), explained.facts()));
        return facts;
    }

    private static Map<String, String> stepFacts(Row row) throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("run", row.uuid("run").toString());
        facts.put("dag", row.text("dag"));
        row.optionalText("partition").ifPresent(partition -> facts.put("interval", partition));
        row.optionalText("state").ifPresent(state -> facts.put("state", state.toLowerCase(Locale.ROOT)));
        row.optionalInstant("finished_at").ifPresent(at -> facts.put("finished_at", at.toString()));
        row.optionalText("code_digest").ifPresent(digest -> facts.put("code", digest));
        return facts;
    }

    private static Map<String, String> modelFacts(Row row) throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("state", row.text("state").toLowerCase(Locale.ROOT));
        facts.put("run", row.uuid("run").toString());
        facts.put("dag", row.text("dag"));
        row.optionalText("partition").ifPresent(partition -> facts.put("interval", partition));
        facts.put("bundle", row.text("bundle"));
        facts.put("fingerprint", row.text("fingerprint"));
        return facts;
    }
}
