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
    private final List<Use> uses = new ArrayList<>();
    private final Set<Found> found = new LinkedHashSet<>();
    private long dropped;

    public Problems(String file, SourceText source) {
        this.file = file;
        this.source = source;
    }

    private record Found(Position position, String message, Optional<String> suggestion) {}

    /** A place where text of another file is used. */
    private record Use(String file, SourceText source, Position at) {}

    /**
     * Takes in that text of another file is used somewhere. Positions with the number that comes back are places in that text.
     *
     * @param at where it is used: in this file, or in text that is itself used somewhere
     */
    public int use(String usedFile, SourceText usedSource, Position at) {
        uses.add(new Use(usedFile, usedSource, at));
        return uses.size();
    }

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

    /** What follows a position on its line, in whatever file that is; empty when the line is shorter. */
    public String textFrom(Position position) {
        return sourceOf(position).from(position);
    }

    private SourceText sourceOf(Position position) {
        return position.use() == 0 ? source : uses.get(position.use() - 1).source();
    }

    /** The place in this file that a position belongs to, over however many uses. */
    private Position inThisFile(Position position) {
        Position place = position;
        while (place.use() != 0) {
            place = uses.get(place.use() - 1).at();
        }
        return place;
    }

    private String fileOf(Position position) {
        return position.use() == 0 ? file : uses.get(position.use() - 1).file();
    }

    private List<Problem.Place> usesOf(Position position) {
        List<Problem.Place> places = new ArrayList<>();
        Position place = position;
        while (place.use() != 0) {
            place = uses.get(place.use() - 1).at();
            places.add(new Problem.Place(fileOf(place), place.line(), place.column()));
        }
        return places;
    }

    /** All problems in the order of the file; after the first thousand one that says how many more there are. */
    public List<Problem> inFileOrder() {
        List<Found> ordered = found.stream()
                .sorted(Comparator.comparing((Found one) -> inThisFile(one.position()))
                        .thenComparingInt(one -> one.position().use())
                        .thenComparing(Found::position))
                .toList();
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
                fileOf(position),
                position.line(),
                position.column(),
                one.message(),
                one.suggestion(),
                sourceOf(position).line(position.line()),
                usesOf(position));
    }
}
