package io.tidegate.scheduler.resolve;

import java.util.List;

/** Takes JSON values apart and puts them together. Pure, and safe for use by several threads. */
public interface JsonValues {
    /**
     * The elements of a list, each as JSON.
     *
     * @throws IllegalArgumentException when the text is no list in JSON
     */
    List<String> elements(String json);

    /**
     * A field of a mapping, as JSON.
     *
     * @throws IllegalArgumentException when the text is no mapping in JSON, or has no such field
     */
    String member(String json, String field);

    /** A text as JSON. */
    String quoted(String text);

    /** A value as people write it: text without quotes, everything else as the JSON it is. */
    String plain(String json);
}
