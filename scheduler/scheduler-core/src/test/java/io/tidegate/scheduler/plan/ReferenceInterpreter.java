package io.tidegate.scheduler.plan;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.graph.Edge;
import io.tidegate.dag.step.ResultCondition;
import io.tidegate.dag.step.ResultCondition.All;
import io.tidegate.dag.step.ResultCondition.Any;
import io.tidegate.dag.step.ResultCondition.Ended;
import io.tidegate.dag.step.ResultCondition.Not;
import io.tidegate.dag.step.ResultCondition.Term;
import io.tidegate.dag.step.Step;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import io.tidegate.dag.step.TriggerRule;
import io.tidegate.scheduler.state.StepState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must become of a run, for somebody who knows how every step would end and has all the time in the world: each rule is written down
 * once more, over the list of results, without counting, without deciding early, and without any code of the planner.
 */
final class ReferenceInterpreter {
    private final DagGraph graph;
    private final Map<StepId, StepState> luck;
    private final Map<StepId, StepState> ends = new HashMap<>();
    private final Map<StepId, StepResult> results = new HashMap<>();

    /** @param luck how each step ends if it is ready: SUCCEEDED, FAILED or SKIPPED */
    ReferenceInterpreter(DagGraph graph, Map<StepId, StepState> luck) {
        this.graph = graph;
        this.luck = luck;
    }

    Map<StepId, StepState> ends() {
        while (ends.size() < graph.definition().steps().size()) {
            for (Step step : graph.definition().steps()) {
                List<StepId> before =
                        graph.upstream(step.id()).stream().map(Edge::from).toList();
                if (!ends.containsKey(step.id()) && ends.keySet().containsAll(before)) {
                    StepState verdict = verdict(step, results);
                    StepState end = verdict == StepState.RUNNING ? luck.get(step.id()) : verdict;
                    ends.put(step.id(), end);
                    results.put(step.id(), resultOf(end));
                }
            }
        }
        return ends;
    }

    static StepResult resultOf(StepState state) {
        if (state == StepState.SUCCEEDED) {
            return StepResult.SUCCEEDED;
        }
        return state == StepState.SKIPPED ? StepResult.SKIPPED : StepResult.FAILED;
    }

    /** RUNNING, SKIPPED or UPSTREAM_FAILED, from the results of all that the step waits for. */
    StepState verdict(Step step, Map<StepId, StepResult> results) {
        List<StepResult> data = graph.upstream(step.id()).stream()
                .filter(edge -> edge.reason() == Edge.Reason.DATA)
                .map(edge -> results.get(edge.from()))
                .toList();
        List<StepResult> trainers = graph.upstream(step.id()).stream()
                .filter(edge -> edge.reason() == Edge.Reason.MODEL)
                .map(edge -> results.get(edge.from()))
                .toList();
        if (data.contains(StepResult.FAILED) || trainers.contains(StepResult.FAILED)) {
            return StepState.UPSTREAM_FAILED;
        }
        StepState rule = ofRule(step, results);
        boolean nothingToWorkOn =
                data.contains(StepResult.SKIPPED) || (!trainers.isEmpty() && !trainers.contains(StepResult.SUCCEEDED));
        return rule == StepState.RUNNING && nothingToWorkOn ? StepState.SKIPPED : rule;
    }

    private static StepState ofRule(Step step, Map<StepId, StepResult> results) {
        if (step.start().runWhen() instanceof ResultCondition condition) {
            return ofCondition(condition.term(), results);
        }
        List<StepResult> needs = step.needs().stream().map(results::get).toList();
        if (needs.isEmpty()) {
            return StepState.RUNNING;
        }
        boolean success = needs.contains(StepResult.SUCCEEDED);
        boolean failure = needs.contains(StepResult.FAILED);
        boolean skip = needs.contains(StepResult.SKIPPED);
        return switch ((TriggerRule) step.start().runWhen()) {
            case NONE_FAILED -> blockedIf(failure, true);
            case ALL_SUCCESS -> blockedIf(failure, !skip);
            case NONE_FAILED_MIN_ONE_SUCCESS -> blockedIf(failure, success);
            case ONE_SUCCESS, ALL_DONE_MIN_ONE_SUCCESS -> blockedIf(!success && failure, success);
            case ALL_DONE -> StepState.RUNNING;
            case ALL_FAILED -> blockedIf(false, !success && !skip);
            case ALL_SKIPPED -> blockedIf(false, !success && !failure);
            case NONE_SKIPPED -> blockedIf(false, !skip);
            case ONE_FAILED -> blockedIf(false, failure);
            case ONE_DONE -> blockedIf(false, success || failure);
        };
    }

    private static StepState blockedIf(boolean blocked, boolean holds) {
        if (blocked) {
            return StepState.UPSTREAM_FAILED;
        }
        return holds ? StepState.RUNNING : StepState.SKIPPED;
    }

    private static StepState ofCondition(Term term, Map<StepId, StepResult> results) {
        Map<StepId, StepResult> withoutFailures = new HashMap<>(results);
        withoutFailures.replaceAll((step, result) -> result == StepResult.FAILED ? StepResult.SUCCEEDED : result);
        return blockedIf(!holds(term, results) && holds(term, withoutFailures), holds(term, results));
    }

    private static boolean holds(Term term, Map<StepId, StepResult> results) {
        if (term instanceof Ended ended) {
            return results.get(ended.step()) == ended.result();
        }
        if (term instanceof Not not) {
            return !holds(not.negated(), results);
        }
        return term instanceof All all
                ? all.terms().stream().allMatch(part -> holds(part, results))
                : ((Any) term).terms().stream().anyMatch(part -> holds(part, results));
    }
}
