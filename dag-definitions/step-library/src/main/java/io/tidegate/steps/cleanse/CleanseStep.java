package io.tidegate.steps.cleanse;

import io.tidegate.steps.contract.InputDataset;
import io.tidegate.steps.contract.Metric;
import io.tidegate.steps.contract.OutputDataset;
import io.tidegate.steps.contract.QualityBound;
import io.tidegate.steps.contract.StepFailure;
import io.tidegate.steps.runtime.BuiltInStep;
import io.tidegate.steps.runtime.StepContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parts the good rows of a dataset from the bad by declared rules. Its first output gets the good rows, its second the quarantine. When a
 * rule or a quality bound fails the step, the quarantine is written, for people to look into, and the good rows are not.
 */
public final class CleanseStep implements BuiltInStep {
    @Override
    public void run(StepContext context) {
        List<Rule> rules = RulesFile.read(context.specification().rules());
        List<OutputDataset> outputs = context.specification().outputs();
        requireOutputs(outputs, rules);
        InputDataset input = context.onlyInput();
        try (Cleansing.Cleansed cleansed = Cleansing.apply(context.read(input), rules)) {
            CleansingCounts counts = cleansed.counts();
            report(context, input.dataset(), counts);
            if (outputs.size() > 1) {
                context.write(cleansed.rejected().coalesce(1), outputs.get(1));
            }
            requireRules(counts);
            requireQuality(context.specification().quality(), counts);
            context.write(cleansed.clean(), outputs.get(0));
        }
    }

    private static void requireOutputs(List<OutputDataset> outputs, List<Rule> rules) {
        if (outputs.isEmpty() || outputs.size() > 2) {
            throw new StepFailure(
                    "a cleanse step writes the clean rows to its first output and the rejected ones to its second; it has "
                            + outputs.size() + " outputs");
        }
        if (outputs.size() == 1) {
            rules.stream()
                    .filter(rule -> rule.otherwise() == Rule.Otherwise.QUARANTINE)
                    .findFirst()
                    .ifPresent(rule -> {
                        throw new StepFailure("the rule " + rule.name()
                                + " sends bad rows to quarantine, but the step has no second output for it: add one, or say"
                                + " 'otherwise: drop'");
                    });
        }
    }

    private static void report(StepContext context, String dataset, CleansingCounts counts) {
        Map<String, Double> totals = Map.of(
                "rows_read", (double) counts.read(),
                "rows_clean", (double) counts.clean(),
                "rows_quarantined", (double) counts.quarantined(),
                "rows_dropped", (double) counts.dropped(),
                "rejected_share", counts.rejectedShare());
        totals.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(total -> context.report()
                        .metric(Metric.of(total.getKey(), total.getValue())
                                .onDataset(dataset)
                                .from(counts.read())));
        for (CleansingCounts.OfRule rule : counts.rules()) {
            String name = rule.rule().name();
            context.report()
                    .metric(Metric.of("rows_broken", rule.broken())
                            .onDataset(dataset)
                            .ofSlice("rule", name)
                            .from(counts.read()));
            if (!rule.rule().fixes().isEmpty()) {
                context.report()
                        .metric(Metric.of("rows_mended", rule.mended())
                                .onDataset(dataset)
                                .ofSlice("rule", name)
                                .from(counts.read()));
            }
        }
    }

    private static void requireRules(CleansingCounts counts) {
        List<String> broken = counts.rules().stream()
                .filter(rule -> counts.share(rule) > rule.rule().failBeyond().orElse(1))
                .map(rule -> rule.rule().name() + " is broken by " + rule.broken() + " of " + counts.read() + " rows ("
                        + percent(counts.share(rule)) + "), allowed are "
                        + percent(rule.rule().failBeyond().orElse(1)))
                .toList();
        if (!broken.isEmpty()) {
            throw new StepFailure(
                    "too many bad rows: " + String.join("; ", broken) + ". The rejected rows are kept for a look");
        }
    }

    private static void requireQuality(List<QualityBound> bounds, CleansingCounts counts) {
        for (QualityBound bound : bounds) {
            double reading = reading(bound, counts);
            if (!bound.holds(reading)) {
                throw new StepFailure("the quality bound '" + bound.metric() + " " + bound.text()
                        + "' does not hold: it is "
                        + String.format(Locale.ROOT, "%.4f", reading) + " (" + (counts.read() - counts.clean()) + " of "
                        + counts.read() + " rows did not go on; most broken: " + counts.worst()
                        + "). The rejected rows are kept for a look");
            }
        }
    }

    private static double reading(QualityBound bound, CleansingCounts counts) {
        return switch (bound.metric()) {
            case "rejected_share" -> counts.rejectedShare();
            case "rows_read" -> counts.read();
            case "rows_clean" -> counts.clean();
            case "rows_quarantined" -> counts.quarantined();
            case "rows_dropped" -> counts.dropped();
            default ->
                throw new StepFailure("there is no quality metric '" + bound.metric()
                        + "'; known are rejected_share, rows_read, rows_clean, rows_quarantined, rows_dropped");
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
