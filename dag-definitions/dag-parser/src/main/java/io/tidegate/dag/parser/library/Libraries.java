package io.tidegate.dag.parser.library;

import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.parser.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the libraries of one file, and those that they include; each of them once. Not thread-safe. */
final class Libraries {
    private static final int MOST_LIBRARIES = 100;

    private final LibraryFiles files;
    private final ExpansionLimits limits;
    private final Map<String, Optional<Library>> known = new HashMap<>();
    private final Deque<String> including = new ArrayDeque<>();
    private final List<Problem> problems = new ArrayList<>();
    private long characters;

    Libraries(LibraryFiles files, ExpansionLimits limits) {
        this.files = files;
        this.limits = limits;
    }

    /** What is wrong with the libraries themselves. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /**
     * The templates of the files that are included.
     *
     * @param folder where paths count from: empty text, or a path that ends in {@code /}
     * @param reading of the file that includes them
     */
    Library.Scope scope(List<Located<String>> includes, String folder, Reading reading) {
        Library.Scope scope = new Library.Scope();
        for (Located<String> include : includes) {
            String path = Path.of(folder + include.value()).normalize().toString();
            Optional<Library> library = library(path, include, reading);
            if (library.isEmpty()) {
                scope.incomplete();
            }
            library.map(scope::add)
                    .orElse(Map.of())
                    .forEach((name, other) -> reading.report(
                            include.position(),
                            "template " + Excerpt.quoted(name) + " of " + include.value() + " is also in "
                                    + other.name(),
                            "give one of the two another name"));
        }
        return scope;
    }

    private Optional<Library> library(String path, Located<String> include, Reading reading) {
        if (including.contains(path)) {
            String circle = Stream.concat(including.stream().dropWhile(step -> !step.equals(path)), Stream.of(path))
                    .collect(Collectors.joining(" -> "));
            reading.report(
                    include.position(),
                    "libraries include each other in a circle: " + circle,
                    "put what they share into a library of its own");
            return Optional.empty();
        }
        if (!known.containsKey(path)) {
            if (known.size() >= MOST_LIBRARIES) {
                reading.report(
                        include.position(),
                        "a DAG includes at most " + MOST_LIBRARIES
                                + " libraries, counting those that libraries include");
                return Optional.empty();
            }
            including.addLast(path);
            Optional<Library> read = text(path, include, reading).flatMap(content -> read(path, content));
            including.removeLast();
            known.put(path, read);
        }
        return known.get(path);
    }

    private Optional<LibraryFiles.Content> text(String path, Located<String> include, Reading reading) {
        LibraryFiles.Content content = files.read(path);
        for (Problem problem : content.problems()) {
            if (problem.sourceLine().isEmpty()) {
                reading.report(
                        include.position(),
                        "library " + path + ": " + problem.message(),
                        problem.suggestion().orElse(""));
            } else {
                problems.add(problem);
            }
        }
        characters += content.text().map(String::length).orElse(0);
        if (content.text().isPresent() && characters > limits.mostCharacters()) {
            reading.report(
                    include.position(),
                    "the libraries of a DAG have at most " + limits.mostCharacters() + " characters together");
            return Optional.empty();
        }
        return content.text().map(text -> content);
    }

    private Optional<Library> read(String path, LibraryFiles.Content content) {
        String text = content.text().orElseThrow();
        SourceText source = new SourceText(text);
        Problems found = new Problems(content.name(), source);
        Reading reading = new Reading(found);
        Optional<YamlNode> document = YamlReader.read(text, found, limits.deepestNesting());
        if (document.isEmpty() && found.isEmpty()) {
            reading.report(Position.TOP, "the file is empty", "a library has templates: { NAME: { step: { … } } }");
        }
        Optional<Library> library = document.flatMap(node -> LibraryFields.LIBRARY.read(node, reading))
                .map(values -> library(path, content.name(), source, values));
        problems.addAll(found.inFileOrder());
        return library.filter(sound -> found.isEmpty());
    }

    private Library library(String path, String name, SourceText source, Values values) {
        Map<String, StepTemplate> own = new LinkedHashMap<>();
        values.get(LibraryFields.TEMPLATES)
                .orElse(Map.of())
                .forEach((template, fields) ->
                        fields.flatMap(Libraries::template).ifPresent(step -> own.put(template, step)));
        Library.Scope scope = scope(
                values.get(LibraryFields.INCLUDE).orElse(List.of()),
                path.substring(0, path.lastIndexOf('/') + 1),
                values.reading());
        Library library = new Library(name, source, own, scope);
        scope.add(library)
                .forEach((template, other) -> values.reading()
                        .report(
                                values.keyOf(LibraryFields.TEMPLATES),
                                "template " + Excerpt.quoted(template) + " is also in " + other.name()
                                        + ", which this library includes",
                                "give one of the two another name"));
        return library;
    }

    private static Optional<StepTemplate> template(Values values) {
        Map<String, StepTemplate.Parameter> parameters = new LinkedHashMap<>();
        values.get(LibraryFields.PARAMS)
                .orElse(Map.of())
                .forEach((name, read) -> read.ifPresent(parameter -> parameters.put(name, parameter)));
        Optional<YamlNode.Mapping> step = values.get(LibraryFields.STEP);
        if (step.isEmpty() || values.isUnreadable(LibraryFields.PARAMS)) {
            return Optional.empty();
        }
        check(step.get(), values, parameters);
        return Optional.of(new StepTemplate(parameters, step.get()));
    }

    private static void check(YamlNode.Mapping step, Values values, Map<String, StepTemplate.Parameter> parameters) {
        Reading reading = values.reading();
        if (step.entry("kind").isEmpty() && step.entry(LibraryFields.USE.name()).isEmpty()) {
            reading.report(step.owner(), "the step of a template needs the field 'kind' or 'use'");
        }
        Set<String> declared = values.get(LibraryFields.PARAMS).orElse(Map.of()).keySet();
        Set<String> used = new HashSet<>();
        Gaps.visit(
                step,
                gap -> {
                    used.add(gap.name());
                    check(gap, declared, parameters, reading);
                },
                key -> reading.report(key.start(), "a name in braces cannot be a key", "write the key out"));
        parameters.forEach((name, parameter) -> parameter
                .value()
                .ifPresent(value -> Gaps.visit(
                        value,
                        gap -> reading.report(
                                value.start(), "a default cannot use the parameters of its template", "write it out"),
                        key -> {})));
        for (String name : declared) {
            if (!used.contains(name)) {
                reading.report(
                        values.keyOf(LibraryFields.PARAMS),
                        "the step does not use the parameter " + Excerpt.quoted(name),
                        "write {{ with." + name + " }} where it belongs, or leave it out");
            }
        }
    }

    private static void check(
            Gaps.Gap gap, Set<String> declared, Map<String, StepTemplate.Parameter> parameters, Reading reading) {
        if (!declared.contains(gap.name())) {
            reading.report(
                    reading.inside(gap.node(), gap.offset()),
                    "the template has no parameter " + Excerpt.quoted(gap.name()),
                    NearestName.of(gap.name(), declared)
                            .map(meant -> "did you mean '" + meant + "'?")
                            .orElse("declare it below params"));
            return;
        }
        StepTemplate.Parameter parameter = parameters.get(gap.name());
        if (!gap.isWhole() && parameter != null && parameter.type() == ArgumentType.LIST) {
            reading.report(
                    reading.inside(gap.node(), gap.offset()),
                    "the list " + Excerpt.quoted(gap.name()) + " cannot stand inside text",
                    "let the value be {{ with." + gap.name() + " }} alone");
        }
    }
}
