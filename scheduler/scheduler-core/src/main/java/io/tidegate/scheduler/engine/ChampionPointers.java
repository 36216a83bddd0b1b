package io.tidegate.scheduler.engine;

import io.tidegate.dag.model.ModelName;
import java.io.IOException;

/** The pointers by which users of a model find its champion. */
@FunctionalInterface
public interface ChampionPointers {
    /**
     * Makes the model's pointer agree with the database. Doing so twice, or late, does no harm. May block.
     *
     * @throws IOException when the pointer cannot be written now; it is tried again
     */
    void refresh(ModelName model) throws IOException;
}
