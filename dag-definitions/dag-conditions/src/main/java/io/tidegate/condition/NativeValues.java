package io.tidegate.condition;

import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values as CEL knows them: of whole numbers only long, of others only double, its own null, and lists and maps of such. */
final class NativeValues {
    private NativeValues() {}

    /** @throws IllegalArgumentException when a value is of no type that an expression knows */
    static Object of(Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, held) -> copy.put(of(key), of(held)));
            return copy;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(NativeValues::of).toList();
        }
        return scalar(value);
    }

    private static Object scalar(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float || value instanceof BigDecimal) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof BigInteger whole) {
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : (Object) whole.doubleValue();
        }
        if (value instanceof CharSequence || value instanceof Enum<?>) {
            return value.toString();
        }
        if (value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Instant
                || value instanceof Duration
                || value instanceof NullValue) {
            return value;
        }
        throw new IllegalArgumentException(
                "an expression cannot work on a " + value.getClass().getName());
    }

    /** A native value in words, short. */
    static String words(Object value) {
        if (value instanceof NullValue) {
            return "null";
        }
        if (value instanceof String text) {
            return text.length() <= 40 ? "the text '" + text + "'" : "text";
        }
        if (value instanceof Long || value instanceof Double) {
            return "the number " + value;
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        return List.of(ValueType.TIMESTAMP, ValueType.DURATION, ValueType.LIST, ValueType.MAP).stream()
                .filter(type -> type.accepts(value))
                .map(ValueType::words)
                .findFirst()
                .orElse("a value of another kind");
    }
}
