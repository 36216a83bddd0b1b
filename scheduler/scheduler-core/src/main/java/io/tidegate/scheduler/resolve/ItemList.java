package io.tidegate.scheduler.resolve;

import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.template.Template;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.StepRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The items of a step that runs for each item of a list. */
final class ItemList {
    private static final String PARAMETER = "params.";

    private final JsonValues json;
    private final Run run;

    ItemList(JsonValues json, Run run) {
        this.json = json;
        this.run = run;
    }

    /**
     * What becomes of the step by its items.
     *
     * @param outputs JSON values of earlier steps by the names that templates have for them
     * @throws IllegalArgumentException when a name has no value, or one that is no list
     */
    Resolution resolution(Step step, Map<String, String> outputs) {
        Foreach foreach = step.foreach().orElseThrow();
        List<Map<String, String>> combinations = List.of(Map.of());
        for (String variable : outerFirst(foreach)) {
            Foreach.Items items = foreach.items().get(variable);
            combinations = product(combinations, variable, around -> values(items, outputs, around), foreach.atMost());
        }
        if (combinations.isEmpty()) {
            return new Resolution.Skip("foreach has no items", Optional.empty());
        }
        return new Resolution.Expand(
                foreach.name().isPresent()
                        ? named(step.id(), foreach.name().get(), combinations)
                        : namedByValues(step.id(), combinations));
    }

    /** A list inside items can be gone through once these are known. */
    private static List<String> outerFirst(Foreach foreach) {
        List<String> variables = new ArrayList<>(foreach.items().keySet());
        variables.sort(Comparator.comparing(variable -> foreach.items().get(variable) instanceof Foreach.Named named
                && named.outer().isPresent()));
        return variables;
    }

    /** @param around the values of the variables before this one */
    private List<String> values(Foreach.Items items, Map<String, String> outputs, Map<String, String> around) {
        if (items instanceof Foreach.Literal literal) {
            return literal.values().stream().map(json::quoted).toList();
        }
        String name = ((Foreach.Named) items).reference();
        if (((Foreach.Named) items).outer().isPresent()) {
            return elements(name, inside(name, around));
        }
        if (OutputReference.of(name).isPresent()) {
            return elements(name, outputs.get(name));
        }
        String text = run.parameters().get(name.substring(PARAMETER.length()));
        if (text == null) {
            throw new IllegalArgumentException("foreach goes through " + name + ", which has no value");
        }
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(json::quoted)
                .toList();
    }

    private List<String> elements(String name, String value) {
        try {
            return json.elements(value);
        } catch (IllegalArgumentException noList) {
            throw new IllegalArgumentException(
                    "foreach goes through " + name + ", which is no list but " + value, noList);
        }
    }

    /** What {@code item.airport.runways} stands for beside an item of {@code airport}. */
    private String inside(String name, Map<String, String> around) {
        String whole = around.get(name);
        if (whole != null) {
            return whole;
        }
        int dot = name.lastIndexOf('.');
        return json.member(around.get(name.substring(0, dot)), name.substring(dot + 1));
    }

    private static List<Map<String, String>> product(
            List<Map<String, String>> combinations,
            String variable,
            Function<Map<String, String>, List<String>> values,
            int atMost) {
        List<Map<String, String>> product = new ArrayList<>();
        long count = 0;
        for (Map<String, String> combination : combinations) {
            List<String> own = values.apply(combination);
            count += own.size();
            for (String value : own) {
                if (product.size() < atMost) {
                    Map<String, String> longer = new LinkedHashMap<>(combination);
                    longer.put("item." + variable, value);
                    product.add(longer);
                }
            }
        }
        if (count > atMost) {
            throw new IllegalArgumentException("foreach has " + count + " items, and at_most is " + atMost
                    + "; it may be raised to " + Foreach.MOST);
        }
        return product;
    }

    /** Items are named by their values where all of them can be told apart that way, else by their positions. */
    private static List<Item> items(List<Map<String, String>> combinations, IntFunction<String> keys) {
        List<Item> items = new ArrayList<>();
        for (int index = 0; index < combinations.size(); index++) {
            Map<String, String> values = new HashMap<>(combinations.get(index));
            values.put(StepRun.ITEM_INDEX, String.valueOf(index));
            items.add(new Item(keys.apply(index), values));
        }
        return items;
    }

    private List<Item> namedByValues(StepId step, List<Map<String, String>> combinations) {
        List<String> keys = combinations.stream().map(this::key).toList();
        boolean telling =
                new HashSet<>(keys).size() == keys.size() && keys.stream().allMatch(step::allowsKey);
        return items(combinations, index -> telling ? keys.get(index) : String.valueOf(index));
    }

    /** An author's name has to tell the items apart: nobody would know which item a number is. */
    private List<Item> named(StepId step, Template template, List<Map<String, String>> combinations) {
        List<String> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < combinations.size(); index++) {
            Map<String, String> values = new HashMap<>(combinations.get(index));
            values.put(StepRun.ITEM_INDEX, String.valueOf(index));
            String text = template.render(name -> Optional.of(plain(name, values)));
            String key = word(text);
            if (!step.allowsKey(key)) {
                throw new IllegalArgumentException("an item of " + step + " would be called '" + text
                        + "': names of items have letters and digits, and with the step's name at most 62 characters");
            }
            if (!seen.add(key)) {
                throw new IllegalArgumentException("two items of " + step + " would be called '" + key
                        + "': name in foreach has to tell them apart");
            }
            keys.add(key);
        }
        return items(combinations, keys::get);
    }

    private String plain(String name, Map<String, String> values) {
        String whole = values.get(name);
        int dot = name.lastIndexOf('.');
        return json.plain(
                whole != null ? whole : json.member(values.get(name.substring(0, dot)), name.substring(dot + 1)));
    }

    private static String word(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    private String key(Map<String, String> values) {
        return String.join(
                "-",
                values.values().stream().map(value -> word(json.plain(value))).toList());
    }
}
