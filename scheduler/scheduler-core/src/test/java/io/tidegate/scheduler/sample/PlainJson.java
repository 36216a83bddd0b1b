package io.tidegate.scheduler.sample;

import io.tidegate.scheduler.resolve.JsonValues;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON of texts without anything to escape, of flat lists, and of mappings to these. */
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
    public String member(String json, String field) {
        Matcher member = Pattern.compile("\"" + Pattern.quote(field) + "\":(\\[[^]]*]|\"[^\"]*\")")
                .matcher(json);
        if (!member.find()) {
            throw new IllegalArgumentException("no field " + field + ": " + json);
        }
        return member.group(1);
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
