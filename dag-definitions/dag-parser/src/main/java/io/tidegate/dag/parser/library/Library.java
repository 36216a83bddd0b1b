package io.tidegate.dag.parser.library;

import io.tidegate.dag.parser.problem.SourceText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A library file that was read. */
final class Library {
    private final String name;
    private final SourceText text;
    private final Map<String, StepTemplate> own;
    private final Scope scope;

    /**
     * @param name the file's name in problems
     * @param text its lines
     * @param own its templates by name
     * @param scope what its templates can use: those of the libraries that it includes, to which its own are added
     */
    Library(String name, SourceText text, Map<String, StepTemplate> own, Scope scope) {
        this.name = name;
        this.text = text;
        this.own = Map.copyOf(own);
        this.scope = scope;
    }

    String name() {
        return name;
    }

    SourceText text() {
        return text;
    }

    Scope scope() {
        return scope;
    }

    /** A template and the library that it is in. */
    record Entry(Library library, StepTemplate template) {}

    /** The templates that a file can use, by name. */
    static final class Scope {
        private final Map<String, Entry> entries = new HashMap<>();
        private boolean whole = true;

        /** Adds all templates of a library; those whose name is taken are left out and given back with the library that has it. */
        Map<String, Library> add(Library library) {
            Map<String, Library> taken = new HashMap<>();
            library.own.forEach((name, template) -> {
                Entry before = entries.putIfAbsent(name, new Entry(library, template));
                if (before != null && before.library() != library) {
                    taken.put(name, before.library());
                }
            });
            return taken;
        }

        /** Notes that a library is missing, so that nobody can say which templates there are. */
        void incomplete() {
            whole = false;
        }

        boolean isWhole() {
            return whole;
        }

        Optional<Entry> find(String name) {
            return Optional.ofNullable(entries.get(name));
        }

        Set<String> names() {
            return Set.copyOf(entries.keySet());
        }
    }
}
