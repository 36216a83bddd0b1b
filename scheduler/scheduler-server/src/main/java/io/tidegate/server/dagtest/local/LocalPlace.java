package io.tidegate.server.dagtest.local;

import io.tidegate.server.settings.Installation;
import java.nio.file.Path;

/**
 * Where a local run takes place.
 *
 * @param data what {@code {{ home }}} stands for
 * @param snapshot the copy of the DAG's folder
 */
record LocalPlace(
        Path data, Path snapshot, LocalExecutors executors, Installation installation, LocalSecrets secrets) {}
