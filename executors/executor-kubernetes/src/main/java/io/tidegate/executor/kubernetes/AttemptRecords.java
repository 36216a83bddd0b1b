package io.tidegate.executor.kubernetes;

import io.tidegate.executor.LaunchKey;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The records of all attempts of this server. Remembers which have ended lately, since Kubernetes goes on telling of them for an hour. Safe
 * for use by several threads.
 *
 * @param attempts the folder of the attempts
 * @param logLimit most bytes of log kept for one
 */
record AttemptRecords(Path attempts, long logLimit, Set<LaunchKey> ended) {
    private static final int MOST_REMEMBERED = 10_000;

    AttemptRecords(Path attempts, long logLimit) {
        this(attempts, logLimit, Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<LaunchKey, Boolean> eldest) {
                return size() > MOST_REMEMBERED;
            }
        })));
    }

    AttemptRecord of(LaunchKey key) {
        return AttemptRecord.of(attempts, key);
    }

    boolean hasEnded(LaunchKey key) {
        return ended.contains(key) || (of(key).hasEnded() && remember(key));
    }

    boolean remember(LaunchKey key) {
        ended.add(key);
        return true;
    }
}
