package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Patterns;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.Foreach.Items;
import io.tidegate.dag.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The fields of a foreach. */
final class ForeachFields {
    private static final Field<Map<String, Optional<Items>>> ITEMS = required(
            "items",
            new MapType<>(
                    "a mapping of variables to their items",
                    Patterns.of(Patterns.VARIABLE, "the name of a variable such as airport"),
                    Map.of("pattern", Patterns.VARIABLE),
                    new ItemsType()),
            "One variable with what it goes through, or two: then each item of the one with each of the other, or with each of the items inside it.",
            "items: { airport: [ord, jfk] }");
    private static final Field<Template> NAME = optional(
            "name",
            Notations.STEP_TEXT,
            "What an item is called; by its values when left out.",
            "name: \"{{ item.airport.code }}\"");
    private static final Field<Long> AT_MOST = optional(
            "at_most",
            new WholeNumberType("a number of items", 1, Foreach.MOST),
            "How many items there may be; 100 when left out.",
            "at_most: 500");
    private static final Field<Long> AT_ONCE = optional(
            "at_once",
            new WholeNumberType("a number of items", 1, Foreach.MOST),
            "How many items may be at work at the same time; as many as there is room for when left out.",
            "at_once: 4");
    private static final Field<Foreach.OnFailure> ON_FAILURE = optional(
            "on_failure",
            Notations.words("what becomes of the other items", Foreach.OnFailure.class, Foreach.OnFailure::word),
            "Whether the other items run all the same when one fails, or are stopped; keep_going when left out.",
            "on_failure: fail_fast");

    static final Field<Foreach> FOREACH = optional(
            "foreach",
            ObjectType.of(
                    "foreach", "a foreach", List.of(ITEMS, NAME, AT_MOST, AT_ONCE, ON_FAILURE), ForeachFields::foreach),
            "Runs the step once for each item of a list, side by side.",
            "foreach: { items: { airport: [ord, jfk] } }");

    private ForeachFields() {}

    private static Optional<Foreach> foreach(Values values) {
        Map<String, Items> items = new LinkedHashMap<>();
        values.get(ITEMS)
                .orElse(Map.of())
                .forEach((variable, read) -> read.ifPresent(found -> items.put(variable, found)));
        if (values.has(ITEMS) && items.size() > Foreach.MOST_VARIABLES) {
            values.reading()
                    .report(
                            values.keyOf(ITEMS),
                            "foreach has " + items.size() + " variables; it may have two",
                            "let an earlier step make a list of what belongs together");
            return Optional.empty();
        }
        if (items.containsKey("index")) {
            values.reading()
                    .report(
                            values.keyOf(ITEMS),
                            "item.index is where an item stands in the list",
                            "give the variable another name");
        }
        if (items.isEmpty()) {
            values.reading().guess();
            return Optional.empty();
        }
        return Optional.of(new Foreach(
                items,
                values.get(NAME),
                values.get(AT_MOST).map(Long::intValue).orElse(Foreach.USUAL_AT_MOST),
                values.get(AT_ONCE)
                        .map(number -> OptionalInt.of(number.intValue()))
                        .orElse(OptionalInt.empty()),
                values.get(ON_FAILURE).orElse(Foreach.OnFailure.KEEP_GOING)));
    }
}
