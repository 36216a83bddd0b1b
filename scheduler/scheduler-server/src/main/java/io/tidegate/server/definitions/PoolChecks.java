package io.tidegate.server.definitions;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.PoolName;
import io.tidegate.dag.step.Step;
import io.tidegate.scheduler.pool.Pool;
import io.tidegate.scheduler.view.DagViews.FileProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Refuses steps that ask for more places than a pool has: they would wait for ever. A pool that does not exist yet may still be made. */
public final class PoolChecks {
    private final Supplier<List<Pool>> pools;

    public PoolChecks(Supplier<List<Pool>> pools) {
        this.pools = pools;
    }

    /** Whether pools decide if the DAG is sound. */
    static boolean concern(DagGraph graph) {
        return graph.definition().steps().stream().anyMatch(PoolChecks::asks);
    }

    private static boolean asks(Step step) {
        return !step.limits().places().pools().isEmpty();
    }

    /** What is wrong with the DAG, given the pools there are now. */
    List<FileProblem> problems(Path file, String source, DagGraph graph) {
        List<Step> asking =
                graph.definition().steps().stream().filter(PoolChecks::asks).toList();
        List<FileProblem> problems = new ArrayList<>();
        if (!asking.isEmpty()) {
            Map<PoolName, Integer> sizes = pools.get().stream().collect(Collectors.toMap(Pool::name, Pool::places));
            asking.forEach(step -> check(file, source, step, sizes, problems));
        }
        return problems;
    }

    private static void check(
            Path file, String source, Step step, Map<PoolName, Integer> sizes, List<FileProblem> problems) {
        step.limits().places().pools().forEach((pool, places) -> {
            Integer size = sizes.get(pool);
            if (size != null && size > 0 && places > size) {
                problems.add(problem(
                        file,
                        lineOf(source, step),
                        "step " + step.id() + " asks for " + places + " places of pool " + pool + ", which has " + size,
                        "ask for fewer, or make the pool larger: tidegate pools set " + pool + " " + places));
            }
        });
    }

    private static FileProblem problem(Path file, int line, String message, String suggestion) {
        return new FileProblem(file.toString(), line, 1, message, Optional.of(suggestion));
    }

    private static int lineOf(String source, Step step) {
        Matcher key = Pattern.compile(
                        "(?m)^[ \t]+[\"']?" + Pattern.quote(step.id().value()) + "[\"']?[ \t]*:")
                .matcher(source);
        return key.find() ? 1 + (int) source.substring(0, key.start()).lines().count() : 1;
    }
}
