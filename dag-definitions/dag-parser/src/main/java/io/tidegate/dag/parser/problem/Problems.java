package io.tidegate.dag.parser.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong with one file. Not thread-safe. */
public final class Problems {
    /** More than these are not shown: nobody reads them, and a hostile file must not fill the memory. */
    static final int MOST_SHOWN = 1_000;

    private static final int MOST_KEPT = 20_000;

    private final String file;
    private final SourceText source;
    private final Set<Found> found = new LinkedHashSet<>();
    private long dropped;

    public Problems(String file, SourceText source) {
        this.file = file;
        this.source = source;
    }

    private record Found(Position position, String message, Optional<String> suggestion) {}

    public void add(Position position, String message, Optional<String> suggestion) {
        if (found.size() < MOST_KEPT) {
            found.add(new Found(position, message, suggestion));
        } else {
            dropped++;
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public SourceText source() {
        return source;
    }

    /** All problems in the order of the file; after the first thousand one that says how many more there are. */
    public List<Problem> inFileOrder() {
        List<Found> ordered =
                found.stream().sorted(Comparator.comparing(Found::position)).toList();
        List<Problem> problems = new ArrayList<>();
        ordered.stream().limit(MOST_SHOWN).map(this::problem).forEach(problems::add);
        long more = ordered.size() - problems.size() + dropped;
        if (more > 0) {
            problems.add(problem(new Found(
                    ordered.get(MOST_SHOWN).position(),
                    more + " more problems are not shown",
                    Optional.of("correct the ones above first"))));
        }
        return List.copyOf(problems);
    }

    private Problem problem(Found one) {
        Position position = one.position();
        return new Problem(
                file,
                position.line(),
                position.column(),
                one.message(),
                one.suggestion(),
                source.line(position.line()));
    }
}
