package io.tidegate.server.definitions;

import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.scheduler.view.DagViews.FileProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with DAG files, as people are told. */
final class FileProblems {
    private FileProblems() {}

    /** All that the parser has found. */
    static List<FileProblem> of(ParseResult result) {
        return result.problems().stream()
                .map(problem -> new FileProblem(
                        problem.file(),
                        problem.line(),
                        problem.column(),
                        problem.message() + used(problem),
                        problem.suggestion()))
                .toList();
    }

    private static String used(Problem problem) {
        return problem.uses().isEmpty()
                ? ""
                : problem.uses().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(", from ", " (used at ", ")"));
    }

    /** What is wrong with a file or folder as a whole. */
    static FileProblem of(Path file, String message) {
        return new FileProblem(file.toString(), 1, 1, message, Optional.empty());
    }
}
