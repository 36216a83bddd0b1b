package io.tidegate.storage;

import java.io.IOException;

/** Gives storage in somebody's name. Safe for use by several threads. */
public interface Storages extends AutoCloseable {
    /**
     * Storage as the server itself.
     *
     * @throws IOException when the server cannot log in
     */
    Storage own() throws IOException;

    /**
     * Storage as the owner of a DAG, where owners are acted for; as the server itself otherwise.
     *
     * @param owner empty text for nobody
     * @throws IOException when the server cannot log in
     */
    Storage of(String owner) throws IOException;

    /**
     * Sees to it that the login outlives its ticket. To be called much more often than tickets last; does nothing while the ticket is good for
     * long, and without a login.
     *
     * @throws IOException when a new ticket is needed and cannot be had
     */
    void renew() throws IOException;

    @Override
    void close();
}
