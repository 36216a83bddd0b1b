package io.tidegate.store.model;

import io.tidegate.store.database.Json;
import io.tidegate.store.database.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The one place where a model's champion changes. */
public final class Champions {
    private static final String CREATE_MODELS = Sql.of(Champions.class, "create_models");
    private static final String LOCK_MODELS = Sql.of(Champions.class, "lock_models");
    private static final String REPLACE_CHAMPION = Sql.of(Champions.class, "replace_champion");

    private Champions() {}

    /**
     * A change of champion.
     *
     * @param from the champion until now
     * @param actor who or what decided
     */
    public record Replacement(String model, Optional<Integer> from, int to, Instant at, String actor, String reason) {}

    /** Makes the models known and locks them to the end of the transaction: nobody else registers versions or changes champions. */
    public static void lock(Handle handle, Collection<String> models) {
        String names = Json.write(new TreeSet<>(models));
        handle.createUpdate(CREATE_MODELS).bind("models", names).execute();
        handle.createQuery(LOCK_MODELS)
                .bind("models", names)
                .mapTo(String.class)
                .list();
    }

    /** Makes a version champion. The model is locked, and {@code from} is its champion. */
    public static void replace(Handle handle, Replacement change) {
        handle.createUpdate(REPLACE_CHAMPION)
                .bind("model", change.model())
                .bind("from_version", change.from().orElse(null))
                .bind("version", change.to())
                .bind("at", change.at())
                .bind("actor", Json.clean(change.actor()))
                .bind("reason", Json.clean(change.reason()))
                .execute();
    }
}
