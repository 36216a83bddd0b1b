package io.tidegate.dag.parser.language;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.Parameter;
import io.tidegate.dag.Secret;
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
import java.util.stream.Collectors;

/** Holds the names in templates against the names there are. */
final class TemplateChecks {
    /** Suggestions cost a look at every name. */
    private static final int MOST_SUGGESTIONS = 200;

    private static final String PARAMETER = "params.";
    private static final String DATASET = "datasets.";
    private static final String URI = ".uri";
    private static final String SECRET = "secrets.";
    private static final Pattern ITEM = Pattern.compile("item(\\.[a-z][a-z0-9_]*){1,2}");
    private static final String INTERVAL = "interval.";
    private static final Set<String> INTERVAL_NAMES =
            Set.of("interval.start", "interval.end", "interval.start.date", "interval.end.date", "interval.partition");
    private static final List<String> EVERYWHERE = List.of("home", "dag.id");
    private static final List<String> IN_STEPS = List.of("dag.folder", "run.id");
    private static final String RESOURCE_NAME = "resource.name";
    private static final String ALL_NAMES = "names are home, dag.id, dag.folder, run.id, interval.start, interval.end,"
            + " interval.start.date, interval.end.date, interval.partition, params.NAME, datasets.NAME.uri,"
            + " outputs.STEP.NAME, item.VARIABLE, secrets.NAME";

    private final Set<String> known = new LinkedHashSet<>();
    private final Declared declared;
    private final boolean scheduled;
    private int suggestions;

    /**
     * Names of what a DAG declares; empty where nobody can say.
     *
     * @param secretParameters those of the parameters that name a secret
     */
    record Declared(
            Optional<Set<String>> parameters,
            Optional<Set<String>> datasets,
            Optional<Set<String>> secrets,
            Set<String> secretParameters) {
        static Declared of(DagDefinition dag) {
            return new Declared(
                    Optional.of(dag.parameters().stream().map(Parameter::name).collect(Collectors.toSet())),
                    Optional.of(dag.resources().datasets().stream()
                            .map(dataset -> dataset.name().value())
                            .collect(Collectors.toSet())),
                    Optional.of(
                            dag.resources().secrets().stream().map(Secret::name).collect(Collectors.toSet())),
                    secret(dag.parameters()));
        }

        static Set<String> secret(List<Parameter> parameters) {
            return parameters.stream()
                    .filter(parameter -> parameter.type() == Parameter.Type.SECRET)
                    .map(Parameter::name)
                    .collect(Collectors.toSet());
        }
    }

    TemplateChecks(Declared declared, boolean scheduled) {
        this.declared = declared;
        this.scheduled = scheduled;
        known.addAll(EVERYWHERE);
        known.addAll(IN_STEPS);
        known.add(RESOURCE_NAME);
        known.addAll(INTERVAL_NAMES);
        declared.parameters().ifPresent(names -> names.forEach(name -> known.add(PARAMETER + name)));
        declared.datasets().ifPresent(names -> names.forEach(name -> known.add(DATASET + name + URI)));
        declared.secrets().ifPresent(names -> names.forEach(name -> known.add(SECRET + name)));
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
        if (isSecret(name) && scope != TemplateUse.Scope.ENVIRONMENT) {
            return Optional.of(new TextException(
                    "'" + name + "' cannot be used here: a secret goes into the environment of a step and nowhere else,"
                            + " since everything else is kept and shown",
                    "write environment: { NAME: \"{{ " + name + " }}\" }",
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

    private boolean isSecret(String name) {
        return name.startsWith(SECRET)
                || (name.startsWith(PARAMETER)
                        && declared.secretParameters().contains(name.substring(PARAMETER.length())));
    }

    private boolean exists(String name) {
        boolean unsure = (name.startsWith(PARAMETER) && declared.parameters().isEmpty())
                || (name.startsWith(DATASET)
                        && name.endsWith(URI)
                        && declared.datasets().isEmpty())
                || (name.startsWith(SECRET) && declared.secrets().isEmpty());
        // Which steps there are, what they return and which items they have is for the graph to say.
        return unsure
                || known.contains(name)
                || OutputReference.of(name).isPresent()
                || ITEM.matcher(name).matches();
    }

    private static boolean isAllowed(String name, TemplateUse.Scope scope) {
        return switch (scope) {
            case RESOURCE -> true;
            case STEP, ENVIRONMENT -> !name.equals(RESOURCE_NAME);
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
