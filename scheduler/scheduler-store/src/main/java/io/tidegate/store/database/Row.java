package io.tidegate.store.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;

/** The current row of a result, read by column name with the project's types. */
public final class Row {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    private final ResultSet results;

    private Row(ResultSet results) {
        this.results = results;
    }

    /** The row that the result stands on, now and after each step. */
    static Row of(ResultSet results) {
        return new Row(results);
    }

    /** A Jdbi mapper from a reader of rows. */
    public static <T> RowMapper<T> reading(Reader<T> reader) {
        return (results, context) -> reader.read(new Row(results));
    }

    public UUID uuid(String column) throws SQLException {
        return results.getObject(column, UUID.class);
    }

    public Optional<UUID> optionalUuid(String column) throws SQLException {
        return Optional.ofNullable(results.getObject(column, UUID.class));
    }

    public String text(String column) throws SQLException {
        return results.getString(column);
    }

    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(results.getString(column));
    }

    public boolean truth(String column) throws SQLException {
        return results.getBoolean(column);
    }

    public int integer(String column) throws SQLException {
        return results.getInt(column);
    }

    public OptionalInt optionalInt(String column) throws SQLException {
        int value = results.getInt(column);
        return results.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    public Optional<Integer> optionalInteger(String column) throws SQLException {
        int value = results.getInt(column);
        return results.wasNull() ? Optional.empty() : Optional.of(value);
    }

    public long number(String column) throws SQLException {
        return results.getLong(column);
    }

    public Optional<Long> optionalNumber(String column) throws SQLException {
        long value = results.getLong(column);
        return results.wasNull() ? Optional.empty() : Optional.of(value);
    }

    public double decimal(String column) throws SQLException {
        return results.getDouble(column);
    }

    public Instant instant(String column) throws SQLException {
        return results.getObject(column, OffsetDateTime.class).toInstant();
    }

    public Optional<Instant> optionalInstant(String column) throws SQLException {
        return Optional.ofNullable(results.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /**
     * @param subject what the row is about, for the message
     * @throws UnreadableRowException when the word is none of the type's
     */
    public <E extends Enum<E>> E word(String column, Class<E> type, String subject) throws SQLException {
        return known(results.getString(column), type, column, subject);
    }

    /** Like {@link #word}, for a column that may be empty. */
    public <E extends Enum<E>> Optional<E> optionalWord(String column, Class<E> type, String subject)
            throws SQLException {
        String word = results.getString(column);
        return word == null ? Optional.empty() : Optional.of(known(word, type, column, subject));
    }

    /** A jsonb object of texts; empty when the column is. */
    public Map<String, String> texts(String column, String subject) throws SQLException {
        return document(column, TEXTS, subject).orElse(Map.of());
    }

    /**
     * A jsonb column as a value of the type.
     *
     * @throws UnreadableRowException when the document does not fit the type
     */
    public <T> Optional<T> document(String column, TypeReference<T> type, String subject) throws SQLException {
        String text = results.getString(column);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(text, type));
        } catch (JsonProcessingException e) {
            throw new UnreadableRowException(
                    subject + ": " + column + " cannot be read; a newer Tidegate may have written it: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private static <E extends Enum<E>> E known(String word, Class<E> type, String column, String subject) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        throw new UnreadableRowException(subject + " has " + column + " '" + word
                + "', which this Tidegate does not know; a newer one wrote it: upgrade this server");
    }
}
