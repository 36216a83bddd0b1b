package io.tidegate.scheduler.plan;

import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Foreach;
import io.tidegate.dag.step.Foreach.OnFailure;
import io.tidegate.dag.step.ResultCondition;
import io.tidegate.dag.step.ResultCondition.Term;
import io.tidegate.dag.step.RunWhen;
import io.tidegate.dag.step.StepId;
import io.tidegate.dag.step.StepResult;
import io.tidegate.dag.step.TriggerRule;
import io.tidegate.dag.step.Work;
import io.tidegate.scheduler.sample.DagBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** DAGs of up to 200 steps with random needs, data, trigger rules, conditions and items; the same seed gives the same DAG. */
final class RandomDags {
    private static final int MOST_STEPS = 200;
    private static final int MOST_NEEDS = 5;

    private final Random random;
    private final DagBuilder builder = new DagBuilder("random");
    private final Set<Integer> writers = new LinkedHashSet<>();

    private RandomDags(Random random) {
        this.random = random;
    }

    static DagGraph next(Random random) {
        return new RandomDags(random).build();
    }

    private DagGraph build() {
        // Small ones often, large ones now and then.
        double size = random.nextDouble();
        int steps = 1 + (int) (MOST_STEPS * Math.pow(size, 6));
        for (int step = 0; step < steps; step++) {
            add(step);
        }
        return builder.build();
    }

    private void add(int step) {
        Set<Integer> needs = new LinkedHashSet<>();
        int count = step == 0 ? 0 : random.nextInt(Math.min(step, MOST_NEEDS) + 1);
        for (int need = 0; need < count; need++) {
            needs.add(earlier(step));
        }
        List<InputReference> inputs = new ArrayList<>();
        if (step > 0 && random.nextInt(4) == 0) {
            int producer = earlier(step);
            if (writers.contains(producer)) {
                inputs.add(InputReference.current(new DatasetName("d" + producer)));
            }
        }
        List<String> outputs = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            writers.add(step);
            builder.dataset("d" + step, DataClass.DETERMINISTIC, "{{ home }}/d" + step);
            outputs.add("d" + step);
        }
        if (outputs.isEmpty() && random.nextInt(6) == 0) {
            builder.foreach(foreach());
        } else {
            builder.once();
        }
        builder.runWhen(needs.isEmpty() ? TriggerRule.USUAL : rule(List.copyOf(needs)));
        builder.step(
                "s" + step,
                new Work.Task(),
                inputs,
                outputs,
                needs.stream().map(need -> "s" + need).toArray(String[]::new));
    }

    private Foreach foreach() {
        List<String> items = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(String::valueOf)
                .toList();
        return new Foreach(
                Map.of("number", new Foreach.Literal(items)),
                items.size(),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(3)),
                OnFailure.values()[random.nextInt(OnFailure.values().length)]);
    }

    /** Mostly one that is near, so that graphs become deep as well as wide. */
    private int earlier(int step) {
        return random.nextBoolean() ? random.nextInt(step) : Math.max(0, step - 1 - random.nextInt(Math.min(step, 8)));
    }

    private RunWhen rule(List<Integer> needs) {
        if (random.nextInt(3) == 0) {
            return new ResultCondition(term(needs, 3));
        }
        // The usual rule is the usual one.
        return random.nextInt(3) == 0
                ? TriggerRule.USUAL
                : TriggerRule.values()[random.nextInt(TriggerRule.values().length)];
    }

    private Term term(List<Integer> needs, int depth) {
        int shape = depth == 0 ? 0 : random.nextInt(5);
        return switch (shape) {
            case 1 -> new ResultCondition.Not(term(needs, depth - 1));
            case 2 -> new ResultCondition.All(List.of(term(needs, depth - 1), term(needs, depth - 1)));
            case 3 -> new ResultCondition.Any(List.of(term(needs, depth - 1), term(needs, depth - 1)));
            default ->
                new ResultCondition.Ended(
                        new StepId("s" + needs.get(random.nextInt(needs.size()))),
                        StepResult.values()[random.nextInt(StepResult.values().length)]);
        };
    }
}
