package io.tidegate.scheduler.run;

import java.util.Objects;

/**
 * What made a run.
 *
 * @param key makes the run unique in its DAG: firing the same key twice gives one run
 * @param actor who or what fired, for the audit
 */
public record Trigger(TriggerKind kind, String key, String actor) {
    public Trigger {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(actor, "actor");
    }
}
