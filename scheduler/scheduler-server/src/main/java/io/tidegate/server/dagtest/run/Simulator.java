package io.tidegate.server.dagtest.run;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.problem.Problems;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.testfile.Given;
import io.tidegate.dag.parser.testfile.TestFile.TestCase;
import io.tidegate.scheduler.engine.LaunchRequests;
import io.tidegate.scheduler.resolve.StepResolver;
import io.tidegate.scheduler.schedule.LogicalTimes;
import io.tidegate.server.condition.CelConditions;
import io.tidegate.server.condition.JacksonValues;
import io.tidegate.server.secret.SecretValues;
import io.tidegate.server.secret.Secrets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plays cases. Has no state: safe for use by several threads. */
public final class Simulator {
    /** What {@code {{ home }}} stands for in tests. */
    public static final String HOME = "/home";

    /** What {@code {{ dag.folder }}} stands for in tests. */
    public static final String DAG_FOLDER = "/dag";

    private final LogicalTimes times;
    private final Function<SecretValues, LaunchRequests> requests;

    /**
     * @param requests what turns steps into commands, for {@link #HOME}, with the secrets of a case
     */
    public Simulator(LogicalTimes times, Function<SecretValues, LaunchRequests> requests) {
        this.times = times;
        this.requests = requests;
    }

    /**
     * Plays a case to its end.
     *
     * @param problems receives what the case asks for and the DAG does not allow
     * @return empty when there is such a problem
     */
    public Optional<Outcome> play(DagGraph graph, TestCase one, Problems problems) {
        CaseSetup setup = new CaseSetup(graph, times, one.given(), one.position(), problems);
        return setup.make(setup::isThere).map(start -> {
            Happenings happenings = new VirtualTime(start.run().progress().createdAt());
            CaseRun run = new CaseRun(
                    graph,
                    new CaseRun.Surroundings(
                            start,
                            new StepResolver(start.world(), times, new CelConditions(), new JacksonValues(), HOME),
                            requests.apply(secrets(one.given().secrets())),
                            DAG_FOLDER),
                    happenings,
                    new GivenResults(graph, one.given().steps(), happenings));
            one.given().cancelAfter().ifPresent(run::cancelAfter);
            return run.play(step -> {});
        });
    }

    /** No program of a case runs: what its secrets are is of no account, but whether they are there. */
    private static SecretValues secrets(Given.Secrets given) {
        Set<String> missing = given.missing().stream().map(Located::value).collect(Collectors.toSet());
        return secret -> {
            if (missing.contains(secret.name())) {
                throw Secrets.missing(secret);
            }
            return "{{ secrets." + secret.name() + " }}";
        };
    }
}
