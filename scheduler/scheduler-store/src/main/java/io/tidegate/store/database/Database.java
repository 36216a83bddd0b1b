package io.tidegate.store.database;

import io.tidegate.scheduler.store.StoreUnavailableException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Work on a connection of one pool. Every method throws {@link StoreUnavailableException} for what a later try may mend; anything else
 * that comes out is a defect. Thread-safe.
 */
public final class Database {
    private final Jdbi jdbi;

    public Database(DataSource pool) {
        this.jdbi = Jdbi.create(pool);
    }

    /** Runs statements that are each a transaction of their own. */
    public <T> T with(Function<Handle, T> work) {
        return translating(() -> jdbi.withHandle(work::apply));
    }

    /** Runs one statement or several, each a transaction of its own. */
    public void use(Consumer<Handle> work) {
        with(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /**
     * Runs statements in one transaction, each of which sees what was committed when it began: the pools set the level read committed
     * once for each connection, because setting it here would cost two round trips for each transaction.
     */
    public <T> T inTransaction(Function<Handle, T> work) {
        return translating(() -> jdbi.inTransaction(work::apply));
    }

    /** Runs reads that all see the same moment. */
    public <T> T inSnapshot(Function<Handle, T> work) {
        // JDBC would ask for the level before, set it, and set it back afterwards: a round trip each.
        return inTransaction(handle -> {
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            return work.apply(handle);
        });
    }

    private static <T> T translating(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw Failures.translate(e);
        }
    }
}
