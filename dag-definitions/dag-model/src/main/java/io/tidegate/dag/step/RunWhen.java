package io.tidegate.dag.step;

/** What must have become of the steps in {@code needs} before a step runs: a trigger rule, or a condition over their results. */
public sealed interface RunWhen permits TriggerRule, ResultCondition {}
