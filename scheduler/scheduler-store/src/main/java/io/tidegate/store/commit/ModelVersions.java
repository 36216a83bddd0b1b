package io.tidegate.store.commit;

import io.tidegate.dag.model.ModelRole;
import io.tidegate.scheduler.lineage.ModelUse;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.store.commit.ReportRows.ModelUseRow;
import io.tidegate.store.commit.Reports.Taken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Which version of a model a report speaks of. What the attempt was given decides; failing that, the role: the challenger is what this
 * attempt or its run registered, the champion is the champion of now. Not thread-safe.
 */
final class ModelVersions {
    private record Part(String model, ModelRole role) {}

    private final Handle handle;
    private final Taken taken;
    private final Map<String, Integer> registered;
    private final Map<Part, Optional<Integer>> known = new HashMap<>();
    private final Set<String> compared = new HashSet<>();

    ModelVersions(Handle handle, Taken taken, Map<String, Integer> registered) {
        this.handle = handle;
        this.taken = taken;
        this.registered = registered;
        for (ModelUse use : taken.change().models()) {
            known.put(new Part(use.model().value(), use.role()), Optional.of(use.version()));
        }
        for (StepReport.Metric metric : taken.change().report().metrics()) {
            if (metric.subject().role().equals(Optional.of(ModelRole.CHALLENGER))) {
                metric.subject().model().ifPresent(compared::add);
            }
        }
    }

    /** The version a metric was measured on. */
    Optional<Integer> measured(StepReport.Metric metric) {
        return metric.subject().model().flatMap(model -> version(new Part(model, role(model, metric))));
    }

    /**
     * Whether a metric was measured to compare a challenger with the champion, on data picked for that. Such a number does not belong to
     * the champion's history.
     */
    boolean isComparison(StepReport.Metric metric) {
        return metric.subject()
                .model()
                .map(model -> registered.containsKey(model) || compared.contains(model))
                .orElse(false);
    }

    /** Versions the attempt worked with, without those it made itself. Complete once every metric was asked for. */
    List<ModelUseRow> uses() {
        List<ModelUseRow> uses = new ArrayList<>();
        known.forEach((part, version) -> version.filter(number -> !number.equals(registered.get(part.model())))
                .ifPresent(number -> uses.add(ModelUseRow.of(taken, part.model(), number, part.role()))));
        return uses;
    }

    private ModelRole role(String model, StepReport.Metric metric) {
        return metric.subject()
                .role()
                .orElse(registered.containsKey(model) ? ModelRole.CHALLENGER : ModelRole.CHAMPION);
    }

    private Optional<Integer> version(Part part) {
        return known.computeIfAbsent(part, missing -> switch (missing.role()) {
            case CHAMPION -> champion(missing.model());
            case CHALLENGER -> challenger(missing.model());
        });
    }

    private Optional<Integer> champion(String model) {
        return handle.createQuery("SELECT version FROM champion WHERE model = :model")
                .bind("model", model)
                .mapTo(Integer.class)
                .findOne();
    }

    private Optional<Integer> challenger(String model) {
        Integer own = registered.get(model);
        if (own != null) {
            return Optional.of(own);
        }
        String sql = """
                SELECT version FROM model_version
                WHERE run = :run AND model = :model AND state IN ('CANDIDATE', 'CHALLENGER')
                ORDER BY version DESC
                LIMIT 1""";
        return handle.createQuery(sql)
                .bind("run", taken.head().id())
                .bind("model", model)
                .mapTo(Integer.class)
                .findOne();
    }
}
