package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Checks a library by itself, without a DAG that uses it: its form, and of its steps whatever does not depend on arguments. */
public final class LibraryCheck {
    private LibraryCheck() {}

    /**
     * Everything that is wrong with a library and those that it includes.
     *
     * @param path of the library, below the folder of the files
     * @param step reports what is wrong with a step; what it says of a value with a gap does not count
     */
    public static List<Problem> of(
            String path, LibraryFiles files, ExpansionLimits limits, BiConsumer<YamlNode.Mapping, Reading> step) {
        Problems missing = new Problems(path, new SourceText(""));
        Libraries libraries = new Libraries(files, limits);
        Library.Scope scope = libraries.scope(List.of(new Located<>(path, Position.TOP)), "", new Reading(missing));
        List<Problem> problems = new ArrayList<>(missing.inFileOrder());
        problems.addAll(libraries.problems());
        scope.names().stream()
                .sorted()
                .flatMap(name -> scope.find(name).stream())
                .forEach(entry -> problems.addAll(ofStep(entry, step)));
        return List.copyOf(problems);
    }

    private static List<Problem> ofStep(Library.Entry entry, BiConsumer<YamlNode.Mapping, Reading> step) {
        YamlNode.Mapping node = entry.template().step();
        if (node.entry(LibraryFields.USE.name()).isPresent()) {
            return List.of();
        }
        Problems found = new Problems(entry.library().name(), entry.library().text());
        step.accept(node, new Reading(found));
        List<Gaps.Gap> gaps = new ArrayList<>();
        Gaps.visit(node, gaps::add, key -> {});
        return found.inFileOrder().stream()
                .filter(problem -> gaps.stream().noneMatch(gap -> isInside(problem, gap.node())))
                .toList();
    }

    private static boolean isInside(Problem problem, YamlNode.Scalar value) {
        Position place = new Position(problem.line(), problem.column());
        return place.compareTo(value.start()) >= 0 && place.compareTo(value.end()) <= 0;
    }
}
