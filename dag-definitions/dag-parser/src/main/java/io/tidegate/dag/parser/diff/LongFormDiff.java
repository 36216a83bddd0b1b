package io.tidegate.dag.parser.diff;

import io.tidegate.dag.parser.problem.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares long forms: maps, lists and single values in the words of the language. */
public final class LongFormDiff {
    /** Sections whose entries have names of the author's, and what one entry is called. */
    private static final Map<String, String> SECTIONS = Map.of(
            "steps", "step", "params", "parameter", "datasets", "dataset", "models", "model", "secrets", "secret");

    private final List<Change> changes = new ArrayList<>();

    private LongFormDiff() {}

    /** What is different, in the order of the fields of both; empty when the two mean the same. */
    public static List<Change> between(Map<String, Object> before, Map<String, Object> after) {
        LongFormDiff diff = new LongFormDiff();
        for (String field : names(before, after)) {
            if (SECTIONS.containsKey(field)) {
                diff.section(field, mapping(before.get(field)), mapping(after.get(field)));
            } else {
                diff.field(field, "", field, before.get(field), after.get(field));
            }
        }
        return List.copyOf(diff.changes);
    }

    private void section(String section, Map<String, Object> before, Map<String, Object> after) {
        for (String name : names(before, after)) {
            String what = SECTIONS.get(section) + " " + name;
            String path = section + "." + name;
            if (!after.containsKey(name)) {
                changes.add(Change.removed(path, before.get(name), what + " removed"));
            } else if (!before.containsKey(name)) {
                changes.add(Change.added(path, after.get(name), what + " added" + kind(after.get(name))));
            } else {
                fields(path, what + ": ", "", mapping(before.get(name)), mapping(after.get(name)));
            }
        }
    }

    private static String kind(Object added) {
        return Optional.ofNullable(mapping(added).get("kind"))
                .map(kind -> " (" + kind + ")")
                .orElse("");
    }

    /** @param spoken the names on the way from the subject to these fields, each followed by a space */
    private void fields(
            String path, String subject, String spoken, Map<String, Object> before, Map<String, Object> after) {
        for (String name : names(before, after)) {
            field(path + "." + name, subject, spoken + name, before.get(name), after.get(name));
        }
    }

    private void field(String path, String subject, String spoken, Object before, Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof List || after instanceof List) {
            lists(path, subject, spoken, list(before), list(after));
        } else if (isNothing(before)) {
            changes.add(Change.added(path, after, subject + spoken + " " + shown(after) + " added"));
        } else if (isNothing(after)) {
            changes.add(Change.removed(path, before, subject + spoken + " " + shown(before) + " removed"));
        } else if (before instanceof Map && after instanceof Map) {
            mappings(path, subject, spoken, mapping(before), mapping(after));
        } else {
            changes.add(Change.changed(path, before, after, subject + spoken + " " + arrow(before, after)));
        }
    }

    /** A choice, such as that of an executor, is told as one; other fields are told one by one. */
    private void mappings(
            String path, String subject, String spoken, Map<String, Object> before, Map<String, Object> after) {
        boolean choice =
                before.size() == 1 && after.size() == 1 && !before.keySet().equals(after.keySet());
        if (choice) {
            String text = subject + spoken + " " + choice(before) + " -> " + choice(after);
            changes.add(Change.changed(path, before, after, text));
        } else {
            fields(path, subject, spoken + " ", before, after);
        }
    }

    /** The word of a choice, with its settings where it has any. */
    private static String choice(Map<String, Object> choice) {
        Map.Entry<String, Object> only = choice.entrySet().iterator().next();
        return only.getKey() + (isNothing(only.getValue()) ? "" : " " + shown(only.getValue()));
    }

    /** What came and what went, or the whole list where it is its order that counts. */
    private void lists(String path, String subject, String spoken, List<?> before, List<?> after) {
        Set<Object> gone = new LinkedHashSet<>(before);
        after.forEach(gone::remove);
        Set<Object> come = new LinkedHashSet<>(after);
        before.forEach(come::remove);
        List<Object> stayed = new ArrayList<>(before);
        stayed.removeAll(gone);
        List<Object> kept = new ArrayList<>(after);
        kept.removeAll(come);
        boolean replaced = !gone.isEmpty() && !come.isEmpty();
        if (!stayed.equals(kept) || replaced) {
            changes.add(Change.changed(path, before, after, subject + spoken + " " + arrow(before, after)));
        } else if (gone.isEmpty()) {
            changes.add(Change.changed(path, before, after, subject + spoken + " " + items(come) + " added"));
        } else {
            changes.add(Change.changed(path, before, after, subject + spoken + " " + items(gone) + " removed"));
        }
    }

    private static String items(Set<Object> items) {
        return items.stream().map(LongFormDiff::shown).collect(Collectors.joining(", "));
    }

    private static String arrow(Object before, Object after) {
        return shown(before) + " -> " + shown(after);
    }

    /** A value on one line, as an author would write it, cut short. */
    private static String shown(Object value) {
        return Excerpt.shortened(text(value));
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> mapping) {
            return mapping.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(LongFormDiff::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return String.valueOf(value);
    }

    private static boolean isNothing(Object value) {
        return value == null
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> mapping && mapping.isEmpty());
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }

    private static Set<String> names(Map<String, Object> before, Map<String, Object> after) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        return names;
    }

    /** The fields of a mapping; none of what is no mapping. */
    private static Map<String, Object> mapping(Object value) {
        return value instanceof Map<?, ?> mapping
                ? mapping.entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> String.valueOf(entry.getKey()),
                                Map.Entry::getValue,
                                (first, second) -> first,
                                LinkedHashMap::new))
                : Map.of();
    }
}
