package io.tidegate.scheduler.sample;

import io.tidegate.scheduler.resolve.JsonValues;
import java.util.Arrays;
import java.util.List;

/** JSON of texts without anything to escape, and of flat lists. */
public final class PlainJson implements JsonValues {
    @Override
    public List<String> elements(String json) {
        if (!json.startsWith("[") || !json.endsWith("]")) {
            throw new IllegalArgumentException("no list: " + json);
        }
        String inside = json.substring(1, json.length() - 1);
        return inside.isEmpty() ? List.of() : Arrays.asList(inside.split(","));
    }

    @Override
    public String quoted(String text) {
        return "\"" + text + "\"";
    }

    @Override
    public String plain(String json) {
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }
}
