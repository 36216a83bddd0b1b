package io.tidegate.condition;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import io.tidegate.condition.Evaluation.Cause;
import io.tidegate.condition.Evaluation.Failed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sentences for evaluations that failed, which say what is to blame. */
final class EvaluationFailures {
    /** CEL's own words, which it puts before every failure. */
    private static final Pattern PLACE = Pattern.compile("evaluation error at <input>:(\\d+): ");

    private static final Pattern KEY = Pattern.compile("(?:key|field) '([^']*)'");

    private final Reads reads;
    private final Collection<FieldPath> paths;
    private final Map<String, Object> values;

    EvaluationFailures(Reads reads, Collection<FieldPath> paths, Map<String, Object> values) {
        this.reads = reads;
        this.paths = paths;
        this.values = values;
    }

    <T> Failed<T> of(CelEvaluationException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher place = PLACE.matcher(message);
        boolean placed = place.lookingAt();
        String told = placed ? message.substring(place.end()) : message;
        CelErrorCode code = failure.getErrorCode();
        if (code == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
            return missing(told);
        }
        if (code == CelErrorCode.INDEX_OUT_OF_BOUNDS) {
            return new Failed<>(Cause.MISSING, "a list has fewer elements than are asked for");
        }
        if (code == CelErrorCode.OVERLOAD_NOT_FOUND || code == CelErrorCode.INVALID_ARGUMENT) {
            return wrongType(code, told, placed ? Integer.parseInt(place.group(1)) : -1);
        }
        if (code == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
            return new Failed<>(
                    Cause.TOO_COSTLY,
                    "it goes over more than " + ExpressionLanguage.MOST_TURNS + " elements, which is not allowed");
        }
        return new Failed<>(Cause.OTHER, code == CelErrorCode.DIVIDE_BY_ZERO ? "it divides by zero" : told);
    }

    private <T> Failed<T> missing(String told) {
        Matcher key = KEY.matcher(told);
        Optional<String> name = key.find() ? Optional.of(key.group(1)) : Optional.empty();
        List<FieldPath> absent = paths.stream()
                .map(path -> path.missingIn(values))
                .flatMap(Optional::stream)
                .toList();
        return absent.stream()
                .filter(path -> name.isEmpty() || path.last().equals(name.get()))
                .findFirst()
                .map(path -> new Failed<T>(Cause.MISSING, "'" + path + "' has no value"))
                .orElseGet(() -> notAField(name));
    }

    /** Not in the values: the name is one of an element of a list, or a field of something that has no fields. */
    private <T> Failed<T> notAField(Optional<String> name) {
        return new Failed<>(Cause.MISSING, "there is no field '" + name.orElse("?") + "' where one is asked for");
    }

    private <T> Failed<T> wrongType(CelErrorCode code, String told, int offset) {
        String blamed = reads.argumentsAt(offset).stream()
                .flatMap(path ->
                        path.valueIn(values).stream().map(value -> "'" + path + "' is " + NativeValues.words(value)))
                .collect(Collectors.joining(" and "));
        String what = code == CelErrorCode.INVALID_ARGUMENT
                ? told
                : Operators.quotedIn(told) + " does not work on these values";
        return new Failed<>(Cause.WRONG_TYPE, blamed.isEmpty() ? what : what + ": " + blamed);
    }
}
