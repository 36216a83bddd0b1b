package io.tidegate.store.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values as JSON text, for jsonb columns and for rows that travel together: a list of records becomes one parameter, which the
 * statement unfolds with {@code json_to_recordset}. One parameter carries any number of rows, absent values and nested documents.
 * Thread-safe.
 */
public final class Json {
    /** PostgreSQL has no character 0; an escape of it that is not itself escaped is replaced. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // A newer server may have written fields this one does not know.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectMapper ROWS = MAPPER.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT);

    private Json() {}

    /** Rows for {@code json_to_recordset}, to which what is left out is null. */
    public static String rows(Collection<?> rows) {
        return write(ROWS, rows);
    }

    /** The value as JSON with snake_case names; characters the database cannot keep are replaced by U+FFFD. */
    public static String write(Object value) {
        return write(MAPPER, value);
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            String text = mapper.writeValueAsString(value);
            return text.contains("\\u0000")
                    ? NUL.matcher(text).replaceAll("$1" + Matcher.quoteReplacement("\uFFFD"))
                    : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /** Text as the database can keep it: without the character 0. */
    public static String clean(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    static <T> T read(String text, TypeReference<T> type) throws JsonProcessingException {
        return MAPPER.readValue(text, type);
    }
}
