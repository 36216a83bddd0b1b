package io.tidegate.scheduler.engine;

import java.util.Objects;

/** What the engine needs of the server around it. */
public record EnginePorts(
        ExecutorRegistry executors,
        DagCatalogue dags,
        LaunchRequests launchRequests,
        ReportReader reports,
        OutputContents contents,
        ChampionPointers champions,
        RunListener listener) {
    public EnginePorts {
        Objects.requireNonNull(executors, "executors");
        Objects.requireNonNull(dags, "dags");
        Objects.requireNonNull(launchRequests, "launchRequests");
        Objects.requireNonNull(reports, "reports");
        Objects.requireNonNull(contents, "contents");
        Objects.requireNonNull(champions, "champions");
        Objects.requireNonNull(listener, "listener");
    }
}
