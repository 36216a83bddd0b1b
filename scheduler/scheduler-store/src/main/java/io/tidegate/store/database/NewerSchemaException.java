package io.tidegate.store.database;

/** The database was made by a newer Tidegate than this one; the message says what to do. */
public final class NewerSchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NewerSchemaException(String found, String known) {
        super("database was made by a newer Tidegate (schema " + found + ", this one knows " + known
                + "); use that version or another --database-url");
    }
}
