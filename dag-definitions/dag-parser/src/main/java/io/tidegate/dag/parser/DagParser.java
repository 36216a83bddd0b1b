package io.tidegate.dag.parser;

import io.tidegate.dag.DagId;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.language.DagLanguage;
import io.tidegate.dag.parser.language.Surroundings;
import io.tidegate.dag.parser.library.Expansion;
import io.tidegate.dag.parser.library.LibraryFiles;
import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.problem.SourceText;
import io.tidegate.dag.parser.shape.Reading;
import io.tidegate.dag.parser.yaml.ScalarMeaning;
import io.tidegate.dag.parser.yaml.YamlNode;
import io.tidegate.dag.parser.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads DAG files. Whatever a file holds, the answer is a graph or everything that is wrong with the file; nothing is thrown. Has no
 * state: safe for use by several threads.
 */
public final class DagParser {
    private static final Function<DagId, Set<DagId>> ALONE = dag -> Set.of();
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private DagParser() {}

    /** Reads a file with {@link ParserLimits#DEFAULT}. Files that the DAG names are looked for in the same folder. */
    public static ParseResult parse(Path file) {
        return parse(file, ParserLimits.DEFAULT);
    }

    /** Reads a file within limits. Files that the DAG names are looked for in the same folder. */
    public static ParseResult parse(Path file, ParserLimits limits) {
        return parse(file, limits, ALONE);
    }

    /**
     * Reads a file within limits, beside other DAGs. Files that the DAG names are looked for in the same folder.
     *
     * @param runs DAGs that steps of another DAG run, as that one is now; empty for one that is not known
     */
    public static ParseResult parse(Path file, ParserLimits limits, Function<DagId, Set<DagId>> runs) {
        return parse(file, limits, runs, path -> {});
    }

    /**
     * The same for whoever must know what the result depends on.
     *
     * @param beside hears of each file beside the DAG's that is looked at, by the path that the DAG or one of its libraries names
     */
    public static ParseResult parse(
            Path file, ParserLimits limits, Function<DagId, Set<DagId>> runs, Consumer<String> beside) {
        FileText.Result read = FileText.read(file, limits);
        if (read.text().isEmpty()) {
            return new ParseResult(Optional.empty(), read.problems().inFileOrder());
        }
        Path folder = file.toAbsolutePath().getParent();
        Predicate<String> fileExists = path -> {
            beside.accept(path);
            return Files.isRegularFile(folder.resolve(path));
        };
        LibraryFiles libraries = new LibraryFolder(file, limits);
        LibraryFiles noted = path -> {
            beside.accept(path);
            return libraries.read(path);
        };
        ParseResult result =
                parse(file.toString(), read.text().get(), limits, new Surroundings(fileExists, runs), noted);
        List<Problem> ofManifests = result.graph()
                .map(graph -> ManifestReader.check(graph.definition(), folder, limits))
                .orElse(List.of());
        return ofManifests.isEmpty() ? result : new ParseResult(Optional.empty(), ofManifests);
    }

    /**
     * Reads text with {@link ParserLimits#DEFAULT}. Files that the DAG names are taken to be there; libraries cannot be included.
     *
     * @param fileName the name in problems
     */
    public static ParseResult parse(String fileName, String source) {
        return parse(fileName, source, ParserLimits.DEFAULT);
    }

    /**
     * Reads text within limits. Files that the DAG names are taken to be there; libraries cannot be included.
     *
     * @param fileName the name in problems
     */
    public static ParseResult parse(String fileName, String source, ParserLimits limits) {
        if (isLarger(source, limits.largestFile())) {
            Problems problems = new Problems(fileName, new SourceText(""));
            problems.add(Position.TOP, FileText.tooLarge(limits), Optional.of("split the DAG into several"));
            return new ParseResult(Optional.empty(), problems.inFileOrder());
        }
        return parse(fileName, source, limits, new Surroundings(path -> true, ALONE), LibraryFolder.NONE);
    }

    private static boolean isLarger(String source, int bytes) {
        return source.length() > bytes
                || (source.length() > bytes / 4 && source.getBytes(StandardCharsets.UTF_8).length > bytes);
    }

    private static ParseResult parse(
            String fileName, String source, ParserLimits limits, Surroundings around, LibraryFiles libraries) {
        String text = source.startsWith(BYTE_ORDER_MARK) ? source.substring(1) : source;
        Problems problems = new Problems(fileName, new SourceText(text));
        Optional<YamlNode> document = YamlReader.read(text, problems, limits.deepestNesting());
        if (document.isEmpty() || isNothing(document.get())) {
            if (problems.isEmpty()) {
                problems.add(Position.TOP, "the file is empty", Optional.of("a DAG file starts with dag: NAME"));
            }
            return new ParseResult(Optional.empty(), problems.inFileOrder());
        }
        return read(document.get(), problems, limits, around, libraries);
    }

    private static ParseResult read(
            YamlNode document, Problems problems, ParserLimits limits, Surroundings around, LibraryFiles libraries) {
        Reading reading = new Reading(problems);
        if (DagLanguage.countSteps(document) > limits.mostSteps()) {
            DagLanguage.reportTooManySteps(document, limits.mostSteps(), reading);
            return new ParseResult(Optional.empty(), problems.inFileOrder());
        }
        Expansion.Result expanded = Expansion.of(document, reading, libraries, limits.expansion());
        if (DagLanguage.countReferences(expanded.document()) > ParserLimits.MOST_REFERENCES) {
            DagLanguage.reportTooManyReferences(expanded.document(), ParserLimits.MOST_REFERENCES, reading);
            return new ParseResult(Optional.empty(), problems.inFileOrder());
        }
        Optional<DagGraph> graph = DagLanguage.read(expanded.document(), reading, around);
        List<Problem> all = new ArrayList<>(problems.inFileOrder());
        all.addAll(expanded.problems());
        return new ParseResult(all.isEmpty() ? graph : Optional.empty(), all);
    }

    private static boolean isNothing(YamlNode document) {
        return document instanceof YamlNode.Scalar scalar && scalar.meaning() == ScalarMeaning.NOTHING;
    }
}
