package io.tidegate.dag.parser.library;

import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the steps that templates make in the place of those that use them. Not thread-safe. */
public final class Expansion {
    private static final String KIND = "kind";
    private static final String STEPS = "steps";
    private static final int MOST_NAMED = 20;

    private final Reading reading;
    private final ExpansionLimits limits;
    private final Filling.Budget budget;
    private boolean toldTooMuch;

    private Expansion(Reading reading, ExpansionLimits limits) {
        this.reading = reading;
        this.limits = limits;
        this.budget = new Filling.Budget(limits.mostCharacters());
    }

    /**
     * What became of a document.
     *
     * @param document steps that could not be made are unreadable in it, which has been reported
     * @param problems what is wrong with the libraries themselves
     */
    public record Result(YamlNode document, List<Problem> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The document of a DAG file without uses of templates.
     *
     * @param reading receives what is wrong with the uses
     */
    public static Result of(YamlNode document, Reading reading, LibraryFiles files, ExpansionLimits limits) {
        if (!(document instanceof YamlNode.Mapping dag)) {
            return new Result(document, List.of());
        }
        Libraries libraries = new Libraries(files, limits);
        Library.Scope scope = libraries.scope(
                dag.entry(LibraryFields.INCLUDE.name())
                        .flatMap(entry -> LibraryFields.INCLUDE.type().read(entry.value(), reading))
                        .orElse(List.of()),
                "",
                reading);
        Optional<YamlNode.Entry> steps = dag.entry(STEPS).filter(entry -> entry.value() instanceof YamlNode.Mapping);
        if (steps.isEmpty()) {
            return new Result(document, libraries.problems());
        }
        YamlNode expanded = new Expansion(reading, limits)
                .steps((YamlNode.Mapping) steps.get().value(), scope);
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(dag.entries());
        entries.put(STEPS, new YamlNode.Entry(steps.get().key(), expanded));
        return new Result(new YamlNode.Mapping(entries, dag.start(), dag.owner()), libraries.problems());
    }

    private YamlNode steps(YamlNode.Mapping steps, Library.Scope scope) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        steps.entries().forEach((name, entry) -> {
            YamlNode step =
                    entry.value() instanceof YamlNode.Mapping mapping ? step(mapping, scope, List.of()) : entry.value();
            entries.put(name, new YamlNode.Entry(entry.key(), step));
        });
        return new YamlNode.Mapping(entries, steps.start(), steps.owner());
    }

    /** @param using names of the templates that this step is being made of */
    private YamlNode step(YamlNode.Mapping step, Library.Scope scope, List<String> using) {
        Optional<YamlNode.Entry> use = step.entry(LibraryFields.USE.name());
        Optional<YamlNode.Entry> with = step.entry(LibraryFields.WITH.name());
        if (use.isEmpty()) {
            with.ifPresent(entry -> reading.report(
                    entry.key().start(), "field 'with' means nothing without 'use'", "name the template: use: NAME"));
            return with.isPresent() ? unreadable(step) : step;
        }
        Optional<String> name = LibraryFields.USE.type().read(use.get().value(), reading);
        Position place = use.get().value().start();
        Optional<Library.Entry> entry = name.flatMap(found -> find(found, place, scope, using));
        if (entry.isEmpty()) {
            return unreadable(step);
        }
        Library library = entry.get().library();
        int number = reading.use(library.name(), library.text(), place);
        StepTemplate template = entry.get().template();
        Optional<Map<String, YamlNode>> given = given(name.get(), template, with);
        Optional<Map<String, YamlNode>> arguments =
                given.flatMap(known -> completed(known, name.get(), template, place, number));
        if (arguments.isEmpty() || isTooMuch(place)) {
            return unreadable(step);
        }
        YamlNode.Mapping made = new Filling(number, arguments.get(), budget).mapping(template.step(), step.owner());
        if (isTooMuch(place)) {
            return unreadable(step);
        }
        List<String> chain = new ArrayList<>(using);
        chain.add(key(name.get(), entry.get()));
        return step(withOverrides(made, step), library.scope(), chain);
    }

    private static YamlNode unreadable(YamlNode.Mapping step) {
        return new YamlNode.Unreadable(step.start(), step.owner());
    }

    private static String key(String name, Library.Entry entry) {
        return name + " (" + entry.library().name() + ")";
    }

    private Optional<Library.Entry> find(String name, Position place, Library.Scope scope, List<String> using) {
        Optional<Library.Entry> entry = scope.find(name);
        if (entry.isEmpty() && scope.isWhole()) {
            reading.report(place, "there is no template " + Excerpt.quoted(name), nearestTemplate(name, scope.names()));
        }
        if (entry.isPresent() && using.contains(key(name, entry.get()))) {
            reading.report(
                    place,
                    "templates use each other in a circle: " + String.join(" -> ", using) + " -> "
                            + key(name, entry.get()),
                    "let one of them be a step with a kind");
            return Optional.empty();
        }
        return entry;
    }

    private static String nearestTemplate(String name, Set<String> templates) {
        if (templates.isEmpty()) {
            return "include the library that has it: include: [steps" + LibraryFields.SUFFIX + "]";
        }
        return NearestName.of(name, templates)
                .map(meant -> "did you mean '" + meant + "'?")
                .orElseGet(() -> "templates are "
                        + templates.stream().sorted().limit(MOST_NAMED).collect(Collectors.joining(", ")));
    }

    /** The arguments that are given; empty when something is wrong with them. */
    private Optional<Map<String, YamlNode>> given(String name, StepTemplate template, Optional<YamlNode.Entry> with) {
        Optional<YamlNode.Mapping> given =
                with.flatMap(entry -> LibraryFields.WITH.type().read(entry.value(), reading));
        boolean sound = with.isPresent() == given.isPresent();
        Map<String, YamlNode> arguments = new LinkedHashMap<>();
        for (YamlNode.Entry entry :
                given.map(mapping -> mapping.entries().values()).orElse(List.of())) {
            String key = entry.key().value();
            StepTemplate.Parameter parameter = template.parameters().get(key);
            if (parameter == null) {
                sound = false;
                unknown(name, entry.key(), template);
            } else if (!parameter.accepts(entry.value())) {
                sound = false;
                reading.expected(parameter.noun(), entry.value(), "");
            } else {
                arguments.put(key, asText(parameter.type(), entry.value()));
            }
        }
        return sound ? Optional.of(arguments) : Optional.empty();
    }

    /** A value for each parameter: those given, and what stands for the others; empty when one is missing. */
    private Optional<Map<String, YamlNode>> completed(
            Map<String, YamlNode> given, String name, StepTemplate template, Position place, int use) {
        Map<String, YamlNode> arguments = new LinkedHashMap<>(given);
        boolean sound = true;
        for (Map.Entry<String, StepTemplate.Parameter> entry :
                template.parameters().entrySet()) {
            StepTemplate.Parameter parameter = entry.getValue();
            if (given.containsKey(entry.getKey())) {
                continue;
            }
            if (parameter.value().isPresent()) {
                YamlNode value = new Filling(use, Map.of(), budget)
                        .node(parameter.value().get());
                arguments.put(entry.getKey(), asText(parameter.type(), value));
            } else {
                sound = false;
                reading.report(
                        place,
                        "template " + Excerpt.quoted(name) + " needs '" + entry.getKey() + "'",
                        "with: { " + entry.getKey() + ": … }");
            }
        }
        return sound ? Optional.of(arguments) : Optional.empty();
    }

    private void unknown(String name, YamlNode.Scalar key, StepTemplate template) {
        String parameters = template.parameters().isEmpty()
                ? "it has no parameters"
                : "it has " + String.join(", ", template.parameters().keySet());
        reading.report(
                key.start(),
                "template " + Excerpt.quoted(name) + " has no parameter " + Excerpt.quoted(key.value()),
                NearestName.of(key.value(), template.parameters().keySet())
                        .map(meant -> "did you mean '" + meant + "'?")
                        .orElse(parameters));
    }

    /** What is declared to be text is text, whatever it looks like. */
    private static YamlNode asText(ArgumentType type, YamlNode value) {
        boolean looksOtherwise = type == ArgumentType.STRING
                && value instanceof YamlNode.Scalar scalar
                && scalar.meaning() != ScalarMeaning.TEXT;
        if (!looksOtherwise) {
            return value;
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) value;
        return new YamlNode.Scalar(scalar.value(), YamlNode.Style.QUOTED, scalar.start(), scalar.end(), scalar.owner());
    }

    /** What stands beside {@code use} takes the place of the template's fields. */
    private YamlNode.Mapping withOverrides(YamlNode.Mapping made, YamlNode.Mapping step) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(made.entries());
        step.entries().forEach((name, entry) -> {
            boolean ofUse = name.equals(LibraryFields.USE.name()) || name.equals(LibraryFields.WITH.name());
            if (name.equals(KIND)) {
                reading.report(
                        entry.key().start(),
                        "field 'kind' means nothing beside 'use': the template decides it",
                        "leave it out");
            } else if (!ofUse) {
                entries.put(name, entry);
            }
        });
        return new YamlNode.Mapping(entries, made.start(), step.owner());
    }

    private boolean isTooMuch(Position place) {
        if (budget.isSpent() && !toldTooMuch) {
            toldTooMuch = true;
            reading.report(
                    place,
                    "the steps that templates make have more than " + limits.mostCharacters() + " characters together",
                    "split the DAG into several");
        }
        return budget.isSpent();
    }
}
