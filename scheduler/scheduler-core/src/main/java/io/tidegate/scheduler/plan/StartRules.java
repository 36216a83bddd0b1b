package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.ResultCondition;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import io.tidegate.dag.step.TriggerRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides from the results of earlier steps whether a step runs. Pure. Decides as soon as no result that is still to come can change the
 * decision, so that what becomes of a step depends on results and never on the order in which they come.
 *
 * <p>Data comes before rules: a step that reads what another writes never runs unless that one succeeded, and a publication never unless a
 * step that could have trained its model did.
 */
final class StartRules {
    /** Rules that say nothing as long as a step is open and none has failed. */
    private static final Set<TriggerRule> WAIT_FOR_ALL = EnumSet.of(
            TriggerRule.NONE_FAILED,
            TriggerRule.ALL_SUCCESS,
            TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS,
            TriggerRule.ALL_DONE,
            TriggerRule.ALL_DONE_MIN_ONE_SUCCESS);

    private final DagGraph graph;
    private final Function<StepId, Optional<StepResult>> results;
    private final ResultWords words;

    /** @param results how a step ended; empty as long as it has not */
    StartRules(DagGraph graph, Function<StepId, Optional<StepResult>> results) {
        this.graph = graph;
        this.results = results;
        this.words = new ResultWords(results);
    }

    StartDecision decide(StepId step) {
        List<Edge> data = graph.upstream(step).stream()
                .filter(edge -> edge.reason() != Edge.Reason.ORDER)
                .toList();
        String failed = words.of(steps(data), StepResult.FAILED);
        if (!failed.isEmpty()) {
            return StartDecision.block(failed);
        }
        StartDecision rule = ofRule(step);
        boolean waits =
                data.stream().anyMatch(edge -> results.apply(edge.from()).isEmpty());
        if (rule.kind() == StartDecision.Kind.BLOCK || rule.kind() == StartDecision.Kind.WAIT) {
            return rule;
        }
        if (waits) {
            return StartDecision.WAIT;
        }
        String skipped = rule.kind() == StartDecision.Kind.SKIP ? "" : skipped(data);
        return skipped.isEmpty() ? rule : StartDecision.skip(skipped);
    }

    /**
     * Whether a waiting step waits all the same when one more has ended, and not failed: it waits for all, and one is open. While many are open
     * one is found soon, where the decision itself looks at all of them.
     */
    boolean goesOnWaiting(StepId step) {
        if (!(graph.step(step).start().runWhen() instanceof TriggerRule rule) || !WAIT_FOR_ALL.contains(rule)) {
            return false;
        }
        // What comes first mostly ends first.
        List<Edge> upstream = graph.upstream(step);
        for (int index = upstream.size() - 1; index >= 0; index--) {
            if (results.apply(upstream.get(index).from()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Which skips leave this step nothing to work on; empty text when there is something. */
    private String skipped(List<Edge> data) {
        String producers = words.of(steps(of(data, Edge.Reason.DATA)), StepResult.SKIPPED);
        if (!producers.isEmpty()) {
            return producers;
        }
        List<Edge> trainers = of(data, Edge.Reason.MODEL);
        boolean trained =
                trainers.stream().anyMatch(edge -> results.apply(edge.from()).orElseThrow() == StepResult.SUCCEEDED);
        return trained ? "" : words.of(steps(trainers), StepResult.SKIPPED);
    }

    private StartDecision ofRule(StepId id) {
        Set<StepId> needs = graph.step(id).needs();
        if (graph.step(id).start().runWhen() instanceof ResultCondition condition) {
            return ofCondition(condition);
        }
        TriggerRule rule = (TriggerRule) graph.step(id).start().runWhen();
        return needs.isEmpty() ? StartDecision.RUN : ofTally(rule, Tally.of(needs, results), needs);
    }

    /** Whether a failure stands in the way is asked by taking the failures for successes. */
    private StartDecision ofCondition(ResultCondition condition) {
        Optional<Boolean> holds = condition.term().holds(results);
        if (holds.isEmpty()) {
            return StartDecision.WAIT;
        }
        if (holds.get()) {
            return StartDecision.RUN;
        }
        Optional<Boolean> withoutFailures = condition
                .term()
                .holds(step ->
                        results.apply(step).map(result -> result == StepResult.FAILED ? StepResult.SUCCEEDED : result));
        if (withoutFailures.isEmpty()) {
            return StartDecision.WAIT;
        }
        String reason = "run_when is " + condition + ", and " + words.all(condition.steps());
        return withoutFailures.get() ? StartDecision.block(reason) : StartDecision.skip(reason);
    }

    private StartDecision ofTally(TriggerRule rule, Tally tally, Set<StepId> needs) {
        return switch (rule) {
            case NONE_FAILED, ALL_SUCCESS, NONE_FAILED_MIN_ONE_SUCCESS -> withoutFailure(rule, tally, needs);
            case ONE_SUCCESS, ALL_DONE_MIN_ONE_SUCCESS -> withSuccess(rule, tally, needs);
            case ALL_DONE -> tally.open() > 0 ? StartDecision.WAIT : StartDecision.RUN;
            case ALL_FAILED -> unless(rule, needs, tally, StepResult.SUCCEEDED, StepResult.SKIPPED);
            case ALL_SKIPPED -> unless(rule, needs, tally, StepResult.SUCCEEDED, StepResult.FAILED);
            case NONE_SKIPPED -> unless(rule, needs, tally, StepResult.SKIPPED);
            case ONE_FAILED -> once(rule, tally, needs, tally.failed() > 0);
            case ONE_DONE -> once(rule, tally, needs, tally.failed() + tally.succeeded() > 0);
        };
    }

    private StartDecision withoutFailure(TriggerRule rule, Tally tally, Set<StepId> needs) {
        if (tally.failed() > 0) {
            return StartDecision.block(words.of(needs, StepResult.FAILED));
        }
        if (tally.open() > 0) {
            return StartDecision.WAIT;
        }
        boolean skipped = (rule == TriggerRule.ALL_SUCCESS && tally.skipped() > 0)
                || (rule == TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS && tally.succeeded() == 0);
        return skipped ? skip(rule, needs, StepResult.SKIPPED) : StartDecision.RUN;
    }

    private StartDecision withSuccess(TriggerRule rule, Tally tally, Set<StepId> needs) {
        boolean waits = rule == TriggerRule.ALL_DONE_MIN_ONE_SUCCESS || tally.succeeded() == 0;
        if (waits && tally.open() > 0) {
            return StartDecision.WAIT;
        }
        if (tally.succeeded() > 0) {
            return StartDecision.RUN;
        }
        return tally.failed() > 0
                ? StartDecision.block("run_when is " + rule.word() + ", and " + words.all(needs))
                : skip(rule, needs, StepResult.SKIPPED);
    }

    /** One step with one of the results is enough for a skip. */
    private StartDecision unless(TriggerRule rule, Set<StepId> needs, Tally tally, StepResult... unwanted) {
        for (StepResult result : unwanted) {
            if (tally.of(result) > 0) {
                return skip(rule, needs, result);
            }
        }
        return tally.open() > 0 ? StartDecision.WAIT : StartDecision.RUN;
    }

    private StartDecision once(TriggerRule rule, Tally tally, Set<StepId> needs, boolean holds) {
        if (holds) {
            return StartDecision.RUN;
        }
        return tally.open() > 0
                ? StartDecision.WAIT
                : StartDecision.skip("run_when is " + rule.word() + ", and " + words.all(needs));
    }

    private StartDecision skip(TriggerRule rule, Set<StepId> needs, StepResult because) {
        return StartDecision.skip("run_when is " + rule.word() + ", and " + words.of(needs, because));
    }

    private static List<Edge> of(List<Edge> edges, Edge.Reason reason) {
        return edges.stream().filter(edge -> edge.reason() == reason).toList();
    }

    private static List<StepId> steps(List<Edge> edges) {
        return edges.stream().map(Edge::from).toList();
    }

    /** How many steps ended how. */
    private record Tally(int succeeded, int skipped, int failed, int open) {
        static Tally of(Set<StepId> steps, Function<StepId, Optional<StepResult>> results) {
            int[] ended = new int[StepResult.values().length];
            int open = 0;
            for (StepId step : steps) {
                Optional<StepResult> result = results.apply(step);
                if (result.isPresent()) {
                    ended[result.get().ordinal()]++;
                } else {
                    open++;
                }
            }
            return new Tally(
                    ended[StepResult.SUCCEEDED.ordinal()],
                    ended[StepResult.SKIPPED.ordinal()],
                    ended[StepResult.FAILED.ordinal()],
                    open);
        }

        int of(StepResult result) {
            return switch (result) {
                case SUCCEEDED -> succeeded;
                case SKIPPED -> skipped;
                case FAILED -> failed;
            };
        }
    }
}
