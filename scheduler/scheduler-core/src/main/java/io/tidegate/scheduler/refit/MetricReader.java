package io.tidegate.scheduler.refit;

import io.tidegate.dag.model.ThresholdRule;
import io.tidegate.dag.model.ThresholdRule.Aggregate;
import io.tidegate.scheduler.store.ResolutionReads.MetricPoint;
import io.tidegate.scheduler.threshold.ThresholdReading.Point;
import io.tidegate.scheduler.threshold.ThresholdReading.RuleReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one threshold rule: windows over the history, breaches among the last readings, firing state, cooldown. */
final class MetricReader {
    private final ThresholdRule rule;
    private final ModelFacts facts;
    private final List<MetricPoint> history;
    private final List<MetricPoint> usable;

    MetricReader(ThresholdRule rule, ModelFacts facts) {
        this.rule = rule;
        this.facts = facts;
        this.history = facts.history(rule.metric());
        this.usable = history.stream()
                .filter(point -> Double.isFinite(point.value()))
                .filter(point -> point.samples() >= rule.sensitivity().minimumSamples())
                .toList();
    }

    RuleReading read() {
        List<Point> readings = readings();
        if (readings.isEmpty()) {
            return reading(false, nothingToRead(), Optional.empty(), List.of());
        }
        int outOf = rule.sensitivity().outOf();
        List<Point> last = readings.subList(Math.max(0, readings.size() - outOf), readings.size());
        Firing firing = firing(readings);
        Optional<String> cooling = cooldown();
        boolean holds = firing != Firing.QUIET && cooling.isEmpty();
        String explanation = explanation(firing, last)
                + cooling.map(text -> ", but " + text)
                        .filter(text -> firing != Firing.QUIET)
                        .orElse("");
        return reading(holds, explanation, Optional.of(last.get(last.size() - 1).value()), last);
    }

    private RuleReading reading(boolean holds, String explanation, Optional<Double> value, List<Point> points) {
        return new RuleReading(describe(), holds, explanation, Optional.of(rule.metric()), value, points);
    }

    /** One windowed reading for each usable interval from the first full window on, oldest first. */
    private List<Point> readings() {
        List<Point> readings = new ArrayList<>();
        for (int end = rule.window(); end <= usable.size(); end++) {
            MetricPoint newest = usable.get(end - 1);
            double value = aggregate(usable.subList(end - rule.window(), end));
            readings.add(new Point(
                    newest.partition(), value, newest.samples(), rule.fire().holds(value)));
        }
        return readings;
    }

    private double aggregate(List<MetricPoint> window) {
        var values = window.stream().mapToDouble(MetricPoint::value);
        return switch (rule.aggregate()) {
            case MEAN -> values.average().orElseThrow();
            case MAXIMUM -> values.max().orElseThrow();
            case MINIMUM -> values.min().orElseThrow();
            case LAST -> window.get(window.size() - 1).value();
        };
    }

    /** Whether the rule fires, and since when. */
    private enum Firing {
        QUIET,
        /** The newest readings themselves breach often enough. */
        BREACHED,
        /** It fired earlier, and no reading has reached the clear level since. */
        HELD
    }

    /** Walks the readings from the oldest: enough breaches light the rule, a reading at the clear level puts it out. */
    private Firing firing(List<Point> readings) {
        Firing state = Firing.QUIET;
        for (int newest = 0; newest < readings.size(); newest++) {
            boolean enough = breaches(readings, newest) >= rule.sensitivity().breaches();
            if (rule.clear().holds(readings.get(newest).value())) {
                state = Firing.QUIET;
            } else if (enough) {
                state = Firing.BREACHED;
            } else if (state == Firing.BREACHED) {
                state = Firing.HELD;
            }
        }
        return state;
    }

    private long breaches(List<Point> readings, int newest) {
        int oldest = Math.max(0, newest + 1 - rule.sensitivity().outOf());
        return readings.subList(oldest, newest + 1).stream()
                .filter(Point::breach)
                .count();
    }

    /** Why a firing rule does not open the refit yet: too few intervals were evaluated since the last training. */
    private Optional<String> cooldown() {
        int cooldown = rule.sensitivity().cooldown();
        if (cooldown == 0 || facts.lastTraining().isEmpty()) {
            return Optional.empty();
        }
        long evaluated = history.stream()
                .filter(point ->
                        point.intervalStart().isAfter(facts.lastTraining().orElseThrow()))
                .count();
        return evaluated > cooldown
                ? Optional.empty()
                : Optional.of(
                        "the last training was " + intervals(evaluated) + " ago, within the cooldown of " + cooldown);
    }

    private String explanation(Firing firing, List<Point> last) {
        long breaches = last.stream().filter(Point::breach).count();
        String fire = Numbers.bound(rule.fire());
        String clear = Numbers.bound(rule.clear());
        Point newest = last.get(last.size() - 1);
        String was = measured() + " was "
                + last.stream().map(point -> Numbers.text(point.value())).collect(Collectors.joining(", "));
        String one = measured() + " " + Numbers.text(newest.value());
        return switch (firing) {
            case BREACHED ->
                last.size() == 1
                        ? one + " is " + fire
                        : was + " (" + fire + " in " + breaches + " of the last " + last.size() + ")";
            case HELD -> one + " has not come back to " + clear + " since it was " + fire;
            case QUIET -> quiet(newest, breaches, last.size(), one, was);
        };
    }

    private String quiet(Point newest, long breaches, int looked, String one, String was) {
        int needed = rule.sensitivity().breaches();
        if (breaches == 0) {
            return one + " is not " + Numbers.bound(rule.fire());
        }
        if (rule.clear().holds(newest.value()) && breaches >= needed) {
            return one + " is " + Numbers.bound(rule.clear()) + " again";
        }
        return was + " (" + Numbers.bound(rule.fire()) + " in " + breaches + " of the last " + looked + ", " + needed
                + " needed)";
    }

    private String nothingToRead() {
        if (history.isEmpty()) {
            return rule.metric() + " has not been reported yet";
        }
        long left = history.size() - usable.size();
        String counted =
                rule.metric() + " has " + usable.size() + " of the " + intervals(rule.window()) + " it is read over";
        return left == 0
                ? counted
                : counted + "; " + left + " did not count, being no number or resting on fewer than "
                        + rule.sensitivity().minimumSamples() + " samples";
    }

    private String measured() {
        return rule.metric() + over();
    }

    private String over() {
        if (rule.window() == 1 || rule.aggregate() == Aggregate.LAST) {
            return "";
        }
        return " " + rule.aggregate().name().toLowerCase(java.util.Locale.ROOT) + " over " + intervals(rule.window());
    }

    /** The rule as people write it, in one line. */
    private String describe() {
        var sensitivity = rule.sensitivity();
        String text = measured() + " " + Numbers.bound(rule.fire());
        if (sensitivity.outOf() > 1) {
            text += " in " + sensitivity.breaches() + " of " + sensitivity.outOf();
        }
        text += ", clear " + Numbers.bound(rule.clear());
        return sensitivity.cooldown() > 0 ? text + ", cooldown " + sensitivity.cooldown() : text;
    }

    private static String intervals(long count) {
        return count == 1 ? "1 interval" : count + " intervals";
    }
}
