package io.tidegate.scheduler.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** DAGs as people see them. */
public final class DagViews {
    private DagViews() {}

    /**
     * @param nextRun when the next scheduled run is due
     * @param recentRuns newest first, at most 25
     */
    public record Summary(
            String dag,
            String version,
            Optional<String> title,
            Optional<String> owner,
            List<String> tags,
            Optional<String> schedule,
            boolean paused,
            Optional<Instant> nextRun,
            List<RunViews.Summary> recentRuns) {}

    /** One DAG with its declared graph. */
    public record Detail(
            Summary summary,
            Optional<String> description,
            List<StepView> steps,
            List<RunViews.EdgeView> edges,
            List<ParameterView> parameters,
            List<VersionView> versions,
            String source) {}

    /** A declared step. */
    public record StepView(
            String step,
            String kind,
            String executor,
            List<String> inputs,
            List<String> outputs,
            Optional<String> model) {}

    /** A declared parameter. */
    public record ParameterView(
            String name,
            String type,
            Optional<String> defaultValue,
            Optional<Double> minimum,
            Optional<Double> maximum,
            Optional<String> description) {}

    /** A version that was current at some time. */
    public record VersionView(String version, Instant createdAt, boolean current) {}

    /** A DAG file that cannot be read. */
    public record FileProblem(String file, int line, int column, String message, Optional<String> suggestion) {}

    /** What a backfill made. */
    public record Backfill(String dag, String from, String to, List<RunViews.Summary> runs, int alreadyThere) {}

    /**
     * The server itself.
     *
     * @param installation what the jobs that it starts are marked with; the same for all servers of one database
     */
    public record Server(
            String version,
            String node,
            String installation,
            Instant startedAt,
            String home,
            String database,
            List<String> dagFolders,
            Map<String, String> loops) {}
}
