package io.tidegate.scheduler.trigger;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.graph.NearestName;
import io.tidegate.scheduler.trigger.TriggerException.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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
                    () -> wrong(parameter.name(), "has no default and must be given, " + article(parameter)));
            value.ifPresent(text -> values.put(parameter.name(), text));
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

    private void check(Parameter parameter, String text) {
        if (text.length() > LONGEST || text.indexOf('\0') >= 0) {
            wrong(parameter.name(), "must be at most " + LONGEST + " characters without a zero character");
            return;
        }
        switch (parameter.type()) {
            case STRING -> {}
            case INTEGER -> number(parameter, text, true);
            case NUMBER -> number(parameter, text, false);
            case BOOLEAN -> expect(parameter, text, text.equals("true") || text.equals("false"));
            case DATE -> expect(parameter, text, isDate(text));
            case DURATION -> expect(parameter, text, isDuration(text));
        }
    }

    private void number(Parameter parameter, String text, boolean whole) {
        BigDecimal value;
        try {
            value = whole ? new BigDecimal(new BigInteger(text)) : new BigDecimal(text);
        } catch (NumberFormatException e) {
            wrong(parameter.name(), "'" + text + "' is not " + article(parameter));
            return;
        }
        parameter
                .minimum()
                .filter(minimum -> value.compareTo(BigDecimal.valueOf(minimum)) < 0)
                .ifPresent(minimum -> wrong(parameter.name(), text + " is less than the minimum " + plain(minimum)));
        parameter
                .maximum()
                .filter(maximum -> value.compareTo(BigDecimal.valueOf(maximum)) > 0)
                .ifPresent(maximum -> wrong(parameter.name(), text + " is more than the maximum " + plain(maximum)));
    }

    private void expect(Parameter parameter, String text, boolean right) {
        if (!right) {
            wrong(parameter.name(), "'" + text + "' is not " + article(parameter));
        }
    }

    private static String article(Parameter parameter) {
        return switch (parameter.type()) {
            case STRING -> "a text";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case DATE -> "a date such as 2001-03-05";
            case DURATION -> "a duration such as 20m or PT20M";
        };
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isDuration(String text) {
        try {
            DurationText.read(text);
            return true;
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private void wrong(String name, String message) {
        problems.add(new Problem("parameters." + name, message));
    }
}
