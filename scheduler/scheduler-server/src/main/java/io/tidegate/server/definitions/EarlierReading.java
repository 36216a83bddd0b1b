package io.tidegate.server.definitions;

import io.tidegate.dag.Secret;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.trigger.DagOutline;
import java.util.List;
import java.util.Objects;

/**
 * What a server must know of a DAG file that was read before and is as it was.
 *
 * @param contents names the content of the file and of all others that reading it looks at
 * @param version what it was taken in as
 * @param libraries paths of the libraries it names
 */
record EarlierReading(
        String contents, DagVersionId version, DagOutline outline, List<String> libraries, List<Secret> secrets) {
    EarlierReading {
        Objects.requireNonNull(contents, "contents");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(outline, "outline");
        libraries = List.copyOf(libraries);
        secrets = List.copyOf(secrets);
    }
}
