package io.tidegate.scheduler.resolve;

import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.OutputReference;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
        List<Map<String, String>> combinations = new ArrayList<>(List.of(Map.of()));
        for (Map.Entry<String, Foreach.Items> variable : foreach.items().entrySet()) {
            List<String> values = values(variable.getValue(), outputs);
            if ((long) combinations.size() * values.size() > foreach.atMost()) {
                return new Resolution.Fail("foreach has " + (long) combinations.size() * values.size()
                        + " items, and at_most is " + foreach.atMost() + "; it may be raised to " + Foreach.MOST);
            }
            combinations = product(combinations, variable.getKey(), values);
        }
        if (combinations.isEmpty()) {
            return new Resolution.Skip("foreach has no items", Optional.empty());
        }
        return new Resolution.Expand(named(step.id(), combinations));
    }

    private List<String> values(Foreach.Items items, Map<String, String> outputs) {
        if (items instanceof Foreach.Literal literal) {
            return literal.values().stream().map(json::quoted).toList();
        }
        String name = ((Foreach.Named) items).template().names().get(0);
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

    private static List<Map<String, String>> product(
            List<Map<String, String>> combinations, String variable, List<String> values) {
        List<Map<String, String>> product = new ArrayList<>();
        for (Map<String, String> combination : combinations) {
            for (String value : values) {
                Map<String, String> longer = new LinkedHashMap<>(combination);
                longer.put("item." + variable, value);
                product.add(longer);
            }
        }
        return product;
    }

    /** Items are named by their values where all of them can be told apart that way, else by their positions. */
    private List<Item> named(StepId step, List<Map<String, String>> combinations) {
        List<String> keys = combinations.stream().map(this::key).toList();
        boolean telling =
                new HashSet<>(keys).size() == keys.size() && keys.stream().allMatch(step::allowsKey);
        List<Item> items = new ArrayList<>();
        for (int index = 0; index < keys.size(); index++) {
            Map<String, String> values = new HashMap<>(combinations.get(index));
            values.put(Item.INDEX, String.valueOf(index));
            items.add(new Item(telling ? keys.get(index) : String.valueOf(index), values));
        }
        return items;
    }

    private String key(Map<String, String> values) {
        Function<String, String> word = value -> json.plain(value)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return String.join("-", values.values().stream().map(word).toList());
    }
}
