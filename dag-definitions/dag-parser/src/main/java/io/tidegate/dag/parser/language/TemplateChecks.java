package io.tidegate.dag.parser.language;

import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.TemplateUse;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.step.OutputReference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds the names in templates against the names there are. */
final class TemplateChecks {
    /** Suggestions cost a look at every name. */
    private static final int MOST_SUGGESTIONS = 200;

    private static final String PARAMETER = "params.";
    private static final String DATASET = "datasets.";
    private static final String URI = ".uri";
    private static final Pattern ITEM = Pattern.compile("item(\\.[a-z][a-z0-9_]*){1,2}");
    private static final String INTERVAL = "interval.";
    private static final Set<String> INTERVAL_NAMES =
            Set.of("interval.start", "interval.end", "interval.start.date", "interval.end.date", "interval.partition");
    private static final List<String> EVERYWHERE = List.of("home", "dag.id");
    private static final List<String> IN_STEPS = List.of("dag.folder", "run.id");
    private static final String RESOURCE_NAME = "resource.name";
    private static final String ALL_NAMES = "names are home, dag.id, dag.folder, run.id, interval.start, interval.end,"
            + " interval.start.date, interval.end.date, interval.partition, params.NAME, datasets.NAME.uri,"
            + " outputs.STEP.NAME, item.VARIABLE";

    private final Set<String> known = new LinkedHashSet<>();
    private final Optional<Set<String>> parameters;
    private final Optional<Set<String>> datasets;
    private final boolean scheduled;
    private int suggestions;

    /**
     * @param parameters names of the DAG's parameters; empty when nobody can say
     * @param datasets names of the DAG's datasets; empty when nobody can say
     */
    TemplateChecks(Optional<Set<String>> parameters, Optional<Set<String>> datasets, boolean scheduled) {
        this.parameters = parameters;
        this.datasets = datasets;
        this.scheduled = scheduled;
        known.addAll(EVERYWHERE);
        known.addAll(IN_STEPS);
        known.add(RESOURCE_NAME);
        known.addAll(INTERVAL_NAMES);
        parameters.ifPresent(names -> names.forEach(name -> known.add(PARAMETER + name)));
        datasets.ifPresent(names -> names.forEach(name -> known.add(DATASET + name + URI)));
    }

    void check(Reading reading) {
        for (TemplateUse use : reading.templates()) {
            int from = 0;
            for (String name : use.template().names()) {
                int offset = use.node().value().indexOf(name, use.node().value().indexOf("{{", from));
                from = offset + name.length();
                problem(name, use.scope(), offset).ifPresent(exception -> reading.report(use.node(), exception));
            }
        }
    }

    private Optional<TextException> problem(String name, TemplateUse.Scope scope, int offset) {
        if (!exists(name)) {
            return Optional.of(unknown(name, offset));
        }
        if (name.startsWith(INTERVAL) && !scheduled) {
            return Optional.of(new TextException(
                    "'" + name + "' has no value: the DAG has no schedule",
                    "add a schedule, or leave the name out",
                    offset));
        }
        if (isAllowed(name, scope)) {
            return Optional.empty();
        }
        if (name.equals(RESOURCE_NAME)) {
            return Optional.of(new TextException(
                    "'" + name + "' has a value only in the manifest and the labels of a resource step",
                    "leave the name out",
                    offset));
        }
        String place = scope == TemplateUse.Scope.DATASET ? "the uri of a dataset" : "the target of a model";
        String allowed =
                scope == TemplateUse.Scope.DATASET ? "home, dag.id, interval.* and params.*" : "home and dag.id";
        return Optional.of(new TextException(
                "'" + name + "' cannot be used in " + place + ", which is the same in each run"
                        + (scope == TemplateUse.Scope.DATASET ? " of an interval" : ""),
                "names there are " + allowed,
                offset));
    }

    private boolean exists(String name) {
        boolean unsure = (name.startsWith(PARAMETER) && parameters.isEmpty())
                || (name.startsWith(DATASET) && name.endsWith(URI) && datasets.isEmpty());
        // Which steps there are, what they return and which items they have is for the graph to say.
        return unsure
                || known.contains(name)
                || OutputReference.of(name).isPresent()
                || ITEM.matcher(name).matches();
    }

    private static boolean isAllowed(String name, TemplateUse.Scope scope) {
        return switch (scope) {
            case RESOURCE -> true;
            case STEP -> !name.equals(RESOURCE_NAME);
            case DATASET -> EVERYWHERE.contains(name) || name.startsWith(INTERVAL) || name.startsWith(PARAMETER);
            case MODEL -> EVERYWHERE.contains(name);
        };
    }

    private TextException unknown(String name, int offset) {
        Optional<String> nearest = suggestions++ < MOST_SUGGESTIONS ? NearestName.of(name, known) : Optional.empty();
        return new TextException(
                "a template has no name " + Excerpt.quoted(name),
                nearest.map(meant -> "did you mean '" + meant + "'?").orElse(ALL_NAMES),
                offset);
    }
}
