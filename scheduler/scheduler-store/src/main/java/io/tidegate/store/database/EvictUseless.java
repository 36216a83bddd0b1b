package io.tidegate.store.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/** The pool drops connections that serve nobody any more: those to a server that is no longer the primary, and those that were silent in a transaction. */
public final class EvictUseless implements SQLExceptionOverride {
    /** Read-only; ended because its transaction was idle. */
    private static final Set<String> STATES = Set.of("25006", "25P03");

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        boolean useless = failure.getSQLState() != null && STATES.contains(failure.getSQLState());
        return useless ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
