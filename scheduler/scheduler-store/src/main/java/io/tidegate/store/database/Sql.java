package io.tidegate.store.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Statements that live in {@code .sql} files beside the class that runs them. */
public final class Sql {
    private Sql() {}

    /**
     * The text of {@code NAME.sql} in the class's package.
     *
     * @throws IllegalStateException when there is no such file, which is a defect of the build
     */
    public static String of(Class<?> neighbour, String name) {
        String file = name + ".sql";
        try (InputStream text = neighbour.getResourceAsStream(file)) {
            if (text == null) {
                throw new IllegalStateException("no statement " + file + " beside " + neighbour.getName());
            }
            return withoutComments(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the statement " + file, e);
        }
    }

    /** Comment lines are for readers of the file; the database would parse them each time, and a quote in one would confuse binding. */
    private static String withoutComments(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.lines()
                .filter(line -> !line.strip().startsWith("--"))
                .forEach(line -> kept.append(line).append('\n'));
        return kept.toString().strip();
    }
}
