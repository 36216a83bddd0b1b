package io.tidegate.scheduler.trigger;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.parameter.ParameterText;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what a run was given against what its DAG declares. For one use; not thread-safe. */
public final class ParameterValues {
    /** Longest value: it travels in the environment of every step. */
    private static final int LONGEST = 32_768;

    private final List<Parameter> declared;
    private final Map<String, String> given;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param declared what the DAG declares
     * @param given values by name, as text
     */
    public ParameterValues(List<Parameter> declared, Map<String, String> given) {
        this.declared = declared;
        this.given = given;
    }

    /**
     * Every declared parameter with its value.
     *
     * @param collected receives everything that is wrong
     */
    public Map<String, String> complete(List<Problem> collected) {
        List<String> names = declared.stream().map(Parameter::name).toList();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name -> wrong(name, unknown(name, names)));
        Map<String, String> values = new HashMap<>();
        for (Parameter parameter : declared) {
            Optional<String> value =
                    Optional.ofNullable(given.get(parameter.name())).or(parameter::defaultValue);
            value.ifPresentOrElse(
                    text -> check(parameter, text),
                    () -> wrong(parameter.name(), "has no default and must be given, " + wanted(parameter)));
            value.ifPresent(text -> values.put(parameter.name(), ParameterText.normal(parameter.type(), text)));
        }
        collected.addAll(problems);
        return values;
    }

    private static String unknown(String name, List<String> names) {
        String meant = NearestName.of(name, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        String known = names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
        return "the DAG has no such parameter, " + known + meant;
    }

    private static String wanted(Parameter parameter) {
        return parameter.type() == Parameter.Type.ENUM
                ? "one of " + String.join(", ", parameter.bounds().choices())
                : parameter.type().noun();
    }

    private void check(Parameter parameter, String text) {
        if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
            wrong(parameter.name(), "must be at most " + LONGEST + " characters without a zero character");
            return;
        }
        ParameterText.of(parameter).problem(text).ifPresent(problem -> wrong(parameter.name(), problem));
    }

    private void wrong(String name, String message) {
        problems.add(new Problem("parameters." + name, message));
    }
}
