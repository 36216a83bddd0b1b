package io.tidegate.server.database;

/** A PostgreSQL server that is there. Closing it stops an embedded one and leaves any other alone. */
public interface Database extends AutoCloseable {
    /** JDBC address with everything needed to connect. */
    String jdbcUrl();

    /** What people are told about it; never holds a password. */
    String description();

    /** Whether nobody but this server can use it. */
    boolean isOurs();

    @Override
    void close();
}
