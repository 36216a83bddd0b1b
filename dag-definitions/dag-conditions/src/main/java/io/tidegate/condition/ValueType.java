package io.tidegate.condition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a variable holds, and with that which operators and functions the compiler allows on it. */
public enum ValueType {
    /** Anything; what is done with it is checked when it is evaluated. */
    DYNAMIC(Object.class, "a value"),
    STRING(String.class, "text"),
    /** 64 bits, with a sign. */
    INTEGER(Long.class, "a whole number"),
    /** 64 bit floating point; a whole number is taken as one. */
    NUMBER(Double.class, "a number"),
    BOOLEAN(Boolean.class, "true or false"),
    TIMESTAMP(Instant.class, "a time"),
    DURATION(Duration.class, "a duration"),
    LIST(List.class, "a list"),
    /** With names as keys. */
    MAP(Map.class, "a mapping");

    private final Class<?> holder;
    private final String words;

    ValueType(Class<?> holder, String words) {
        this.holder = holder;
        this.words = words;
    }

    /** As the compiler knows it. */
    CelType type() {
        return switch (this) {
            case DYNAMIC -> SimpleType.DYN;
            case STRING -> SimpleType.STRING;
            case INTEGER -> SimpleType.INT;
            case NUMBER -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
            case LIST -> ListType.create(SimpleType.DYN);
            case MAP -> MapType.create(SimpleType.STRING, SimpleType.DYN);
        };
    }

    /** How it is called in a sentence, with its article. */
    String words() {
        return words;
    }

    boolean accepts(Object nativeValue) {
        return holder.isInstance(nativeValue);
    }
}
