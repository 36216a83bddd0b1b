package io.tidegate.scheduler.truth;

import io.tidegate.executor.LaunchKey;
import java.util.Collection;
import java.util.List;

/** Our own books. */
public interface AttemptBooks {
    /** Attempts that are not over, of all nodes. */
    List<BookedAttempt> going();

    /** What the books say of some launch keys; keys they do not know are left out. */
    List<BookedAttempt> known(Collection<LaunchKey> keys);
}
