package io.tidegate.dag.builder;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.parser.text.Days;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.step.StepKind;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of Java in the words of the language. */
final class FieldValues {
    private FieldValues() {}

    /** @throws IllegalArgumentException for a value that the language has no word for */
    static Object of(Object value) {
        if (value instanceof Duration duration) {
            return Durations.write(duration);
        }
        if (value instanceof LocalDate) {
            return value.toString();
        }
        if (value instanceof ZoneId zone) {
            return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
        }
        if (value instanceof LocalDateTime time) {
            return Days.writeTime(time);
        }
        if (value instanceof DataClass dataClass) {
            return dataClass.word();
        }
        if (value instanceof StepKind kind) {
            return kind.word();
        }
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(FieldValues::of).toList();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(FieldValues::of).toList();
        }
        if (value instanceof Map<?, ?> mapping) {
            Map<String, Object> fields = new LinkedHashMap<>();
            mapping.forEach((name, entry) -> fields.put(String.valueOf(name), of(entry)));
            return fields;
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return value instanceof CharSequence ? value.toString() : value;
        }
        throw new IllegalArgumentException("a DAG file has no form for " + value
                + "; give text, a number, a boolean, a Duration, a LocalDate, a ZoneId, or a list or map of these");
    }
}
