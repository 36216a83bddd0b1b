package io.tidegate.scheduler.store;

import io.tidegate.dag.model.ModelName;
import io.tidegate.scheduler.model.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Champions, for those who act on them outside a run. */
public interface ModelStore {
    /** Every model that has a champion, with its target folder and the time it became champion. */
    List<Champion> champions();

    /**
     * @param target the model's folder, where the pointer to the champion lies
     */
    record Champion(ModelVersion version, String target, Instant since) {}

    /** Keeps where a model's folder is. */
    void declare(ModelName model, String target);

    /**
     * Makes a version that was champion before the champion again, in one transaction.
     *
     * @return the new champion, or empty when the version does not exist or was never champion
     */
    Optional<Champion> takeBack(ModelName model, int version, String actor, String reason, Instant at);
}
