package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.model.Bound;
import io.tidegate.dag.model.Comparison;
import io.tidegate.dag.model.OpenCondition;
import io.tidegate.dag.model.OpenCondition.Mode;
import io.tidegate.dag.model.OpenCondition.Rule;
import io.tidegate.dag.model.ThresholdRule;
import io.tidegate.dag.model.ThresholdRule.Aggregate;
import io.tidegate.dag.model.ThresholdRule.Sensitivity;
import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.ValueType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Bounds;
import io.tidegate.dag.parser.text.Breaches;
import io.tidegate.dag.parser.text.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of {@code open_when}. */
final class RefitFields {
    private static final int MOST_INTERVALS = 1_000;
    private static final long MOST_ROWS = 1_000_000_000_000L;

    private static final Field<String> METRIC = required(
            "metric", Notations.METRIC, "A metric that an evaluate step logs for the champion.", "metric: log_loss");
    private static final Field<Aggregate> AGGREGATE = optional(
            "aggregate",
            aggregates(),
            "How the intervals of a window become one reading; mean when left out.",
            "aggregate: mean");
    private static final Field<Long> WINDOW = optional(
            "window",
            new WholeNumberType("a number of intervals", 1, MOST_INTERVALS),
            "How many intervals are in one reading; 1 when left out.",
            "window: 3");
    private static final Field<Bound> FIRE = required(
            "fire", Notations.BOUND, "What a reading looks like that says the world has moved.", "fire: \"> 0.52\"");
    private static final Field<Bound> CLEAR = optional(
            "clear",
            Notations.BOUND,
            "What a reading looks like that ends the alarm; the opposite of fire when left out.",
            "clear: \"< 0.50\"");
    private static final Field<Breaches> BREACHES = optional(
            "breaches",
            TextType.of("a count such as 2 of 3", Breaches.PATTERN, Breaches::read),
            "How many of the last readings must fire; 1 of 1 when left out.",
            "breaches: 2 of 3");
    private static final Field<Long> MINIMUM_SAMPLES = optional(
            "minimum_samples",
            new WholeNumberType("a number of rows", 0, MOST_ROWS),
            "How many rows a metric must rest on to count; 0 when left out.",
            "minimum_samples: 10000");
    private static final Field<Long> COOLDOWN = optional(
            "cooldown",
            new WholeNumberType("a number of intervals", 0, MOST_INTERVALS),
            "For how many intervals after a refit the rule stays silent; 0 when left out.",
            "cooldown: 3");

    private static final Field<ThresholdRule> THRESHOLD = required(
            "threshold",
            ObjectType.of(
                    "threshold",
                    "a threshold",
                    List.of(METRIC, AGGREGATE, WINDOW, FIRE, CLEAR, BREACHES, MINIMUM_SAMPLES, COOLDOWN),
                    RefitFields::threshold),
            "A metric that crosses a level.",
            "threshold: { metric: log_loss, fire: \"> 0.52\", clear: \"< 0.50\" }");

    private static final ValueType<Rule> RULE = new EitherType<>(
            "no_champion or a threshold",
            TextType.word(
                    "no_champion or a threshold",
                    Set.of("no_champion"),
                    Words.of("a condition", Map.<String, Rule>of("no_champion", new OpenCondition.NoChampion()))),
            ObjectType.of(
                    "condition",
                    "a condition",
                    List.of(THRESHOLD),
                    values -> values.get(THRESHOLD).map(OpenCondition.Threshold::new)));

    private static final Field<List<Rule>> ANY = rules("any", "Conditions of which one is enough.");
    private static final Field<List<Rule>> ALL = rules("all", "Conditions that must all hold.");

    static final ObjectType<OpenCondition> OPEN_WHEN = ObjectType.of(
                    "open_when", "open_when", List.of(ANY, ALL), RefitFields::openWhen)
            .refining(schema -> {
                Map<String, Object> refined = new LinkedHashMap<>(schema);
                refined.put("minProperties", 1);
                refined.put("maxProperties", 1);
                return refined;
            });

    private RefitFields() {}

    private static Field<List<Rule>> rules(String name, String description) {
        return optional(
                name,
                ListType.of("a list of conditions", RULE).notEmpty(),
                description,
                name + ": [no_champion, { threshold: { metric: log_loss, fire: \"> 0.52\" } }]");
    }

    private static TextType<Aggregate> aggregates() {
        Map<String, Aggregate> words = new LinkedHashMap<>();
        words.put("mean", Aggregate.MEAN);
        words.put("max", Aggregate.MAXIMUM);
        words.put("min", Aggregate.MINIMUM);
        words.put("last", Aggregate.LAST);
        return TextType.word("an aggregate", words.keySet(), Words.of("an aggregate", words));
    }

    private static Optional<OpenCondition> openWhen(Values values) {
        if (values.has(ANY) == values.has(ALL)) {
            values.reading().report(values.owner(), "open_when has either any or all", "for example " + ANY.example());
            return Optional.empty();
        }
        Mode mode = values.has(ANY) ? Mode.ANY : Mode.ALL;
        return values.get(mode == Mode.ANY ? ANY : ALL)
                .filter(rules -> !rules.isEmpty())
                .map(rules -> new OpenCondition(mode, rules));
    }

    private static Optional<ThresholdRule> threshold(Values values) {
        Optional<String> metric = values.get(METRIC);
        Optional<Bound> fire = values.get(FIRE);
        if (metric.isEmpty() || fire.isEmpty()) {
            return Optional.empty();
        }
        Bound clear = values.get(CLEAR).orElse(opposite(fire.get()));
        checkClear(values, fire.get(), clear);
        Breaches breaches = values.get(BREACHES).orElse(new Breaches(1, 1));
        return Optional.of(new ThresholdRule(
                metric.get(),
                values.get(AGGREGATE).orElse(Aggregate.MEAN),
                Math.toIntExact(values.get(WINDOW).orElse(1L)),
                fire.get(),
                clear,
                new Sensitivity(
                        breaches.count(),
                        breaches.outOf(),
                        values.get(MINIMUM_SAMPLES).orElse(0L),
                        Math.toIntExact(values.get(COOLDOWN).orElse(0L)))));
    }

    /** An alarm that one reading starts and ends at once would never be seen. */
    private static void checkClear(Values values, Bound fire, Bound clear) {
        String opposite = "for example \"" + Bounds.write(opposite(fire)) + "\"";
        if (isUpward(fire) == isUpward(clear)) {
            values.reading()
                    .report(
                            values.valueOf(CLEAR),
                            "clear '" + Bounds.write(clear) + "' points the same way as fire '" + Bounds.write(fire)
                                    + "'; it must say when the alarm ends",
                            opposite);
            return;
        }
        double reach = isUpward(fire) ? clear.value() - fire.value() : fire.value() - clear.value();
        boolean bothAtTheSame = reach == 0 && fire.holds(fire.value()) && clear.holds(fire.value());
        if (reach > 0 || bothAtTheSame) {
            values.reading()
                    .report(
                            values.valueOf(CLEAR),
                            "clear '" + Bounds.write(clear) + "' overlaps fire '" + Bounds.write(fire)
                                    + "': one reading could start and end the alarm",
                            opposite);
        }
    }

    private static boolean isUpward(Bound bound) {
        return bound.comparison() == Comparison.GREATER || bound.comparison() == Comparison.GREATER_OR_EQUAL;
    }

    private static Bound opposite(Bound bound) {
        Comparison comparison = switch (bound.comparison()) {
            case LESS -> Comparison.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Comparison.GREATER;
            case GREATER -> Comparison.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Comparison.LESS;
        };
        return new Bound(comparison, bound.value());
    }
}
