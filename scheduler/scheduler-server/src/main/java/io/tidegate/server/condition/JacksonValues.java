package io.tidegate.server.condition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidegate.scheduler.resolve.JsonValues;
import java.util.ArrayList;
import java.util.List;

/** JSON values, by Jackson. Thread-safe. */
public final class JacksonValues implements JsonValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public List<String> elements(String json) {
        JsonNode list = read(json);
        if (!list.isArray()) {
            throw new IllegalArgumentException("no list in JSON: " + json);
        }
        List<String> elements = new ArrayList<>();
        list.forEach(element -> elements.add(element.toString()));
        return List.copyOf(elements);
    }

    @Override
    public String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    @Override
    public String plain(String json) {
        JsonNode value = read(json);
        return value.isTextual() ? value.textValue() : value.toString();
    }

    @Override
    public String member(String json, String field) {
        JsonNode value = read(json).path(field);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("there is no field '" + field + "' in " + json);
        }
        return value.toString();
    }

    /** The value of a field; text without quotes, everything else as JSON. */
    public String field(String json, String name) {
        return plain(member(json, name));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException damaged) {
            throw new IllegalArgumentException("no JSON: " + json, damaged);
        }
    }
}
