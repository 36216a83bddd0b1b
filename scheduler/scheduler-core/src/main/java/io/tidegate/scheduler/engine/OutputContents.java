package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.lineage.PartitionUse.Content;
import java.util.List;
import java.util.Map;

/**
 * Looks at what a successful attempt wrote and did not tell of, so that lineage knows the content of any program's output. Safe for use by
 * several threads.
 */
@FunctionalInterface
public interface OutputContents {
    /** Nobody looks. */
    OutputContents UNKNOWN = (owner, uris) -> Map.of();

    /**
     * What lies at some places. The end of the attempt waits for the answer: it comes within seconds, and never fails.
     *
     * @param owner whom the DAG names as its owner; empty text for nobody
     * @return by URI; what could not be learnt in time is left out
     */
    Map<String, Content> look(String owner, List<String> uris);
}
