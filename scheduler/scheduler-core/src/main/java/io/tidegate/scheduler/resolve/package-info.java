/**
 * Looks up what a step needs before it can be launched, skipped or decided: partitions, champion, threshold reading, gate verdict. Imports
 * the evaluators and the reading ports; the planner imports its results.
 */
package io.tidegate.scheduler.resolve;
