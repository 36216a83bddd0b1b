package io.tidegate.dag.parser;

import io.tidegate.dag.parser.language.DagLanguage;
import io.tidegate.dag.parser.library.LibraryCheck;
import io.tidegate.dag.parser.library.LibraryFields;
import io.tidegate.dag.parser.problem.Problem;
import java.nio.file.Path;
import java.util.List;

/** Checks libraries of step templates by themselves. Has no state: safe for use by several threads. */
public final class LibraryParser {
    /** How a library file's name ends. */
    public static final String SUFFIX = LibraryFields.SUFFIX;

    private LibraryParser() {}

    /** Everything that is wrong with a library, as far as that does not depend on what its templates are given. */
    public static List<Problem> check(Path file) {
        ParserLimits limits = ParserLimits.DEFAULT;
        return LibraryCheck.of(
                file.getFileName().toString(),
                new LibraryFolder(file, limits),
                limits.expansion(),
                DagLanguage::checkStep);
    }
}
