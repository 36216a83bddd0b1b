package io.tidegate.dag.parser;

import io.tidegate.dag.DagDefinition;
import io.tidegate.dag.parser.language.ManifestFiles;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the manifests of custom resources that lie in files beside a DAG. Has no state: safe for use by several threads. */
public final class ManifestReader {
    private ManifestReader() {}

    /** A manifest, or what is wrong with its file. */
    public record Result(Optional<Map<String, Object>> manifest, List<Problem> problems) {}

    /** Reads a file; the names in its templates are not looked at. */
    public static Result read(Path file) {
        return read(file, ParserLimits.DEFAULT, Optional.empty());
    }

    private static Result read(Path file, ParserLimits limits, Optional<DagDefinition> definition) {
        FileText.Result read = FileText.read(file, limits);
        if (read.text().isEmpty()) {
            return new Result(Optional.empty(), read.problems().inFileOrder());
        }
        String text = read.text().get();
        Problems problems = new Problems(file.toString(), new SourceText(text));
        Optional<Map<String, Object>> manifest =
                ManifestFiles.read(text, problems, limits.deepestNesting(), definition);
        return new Result(manifest, problems.inFileOrder());
    }

    /** What is wrong with the manifest files that a DAG names. */
    static List<Problem> check(DagDefinition definition, Path folder, ParserLimits limits) {
        return definition.steps().stream()
                .map(Step::work)
                .filter(Work.Resource.class::isInstance)
                .map(work -> ((Work.Resource) work).manifest())
                .filter(Work.ManifestFile.class::isInstance)
                .map(manifest -> folder.resolve(((Work.ManifestFile) manifest).path()))
                .filter(path -> Files.isRegularFile(path))
                .distinct()
                .flatMap(file -> read(file, limits, Optional.of(definition)).problems().stream())
                .toList();
    }
}
