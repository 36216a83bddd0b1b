package io.tidegate.executor.spark;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Spark's notation of memory: a number with k, m, g or t, with or without a b after it; a bare number means MiB. */
final class DriverMemory {
    private static final Pattern NOTATION = Pattern.compile("([0-9]{1,12})([kmgt]?)b?");
    private static final Map<String, Integer> SHIFTS = Map.of("k", 10, "", 20, "m", 20, "g", 30, "t", 40);

    private DriverMemory() {}

    /** Empty when the text is no such notation. */
    static OptionalLong bytes(String text) {
        Matcher matcher = NOTATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(matcher.group(1)) << SHIFTS.get(matcher.group(2)));
    }
}
