package io.tidegate.steps.contract;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound a metric of a step must keep, else the step fails.
 *
 * @param metric name of the metric
 * @param text the bound as it was written, for example {@code <= 0.02}
 */
public record QualityBound(String metric, String text) {
    private static final Pattern FORM =
            Pattern.compile("\\s*(<=|>=|<|>)\\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*(%?)\\s*");

    /** @throws StepFailure when the text is no bound */
    public QualityBound {
        Objects.requireNonNull(metric, "metric");
        if (!FORM.matcher(text).matches()) {
            throw new StepFailure("the quality bound '" + metric + ": " + text
                    + "' is not a comparison and a number, such as '<= 0.02'");
        }
    }

    /** Whether a reading keeps the bound. */
    public boolean holds(double reading) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException(text);
        }
        double limit = Double.parseDouble(matcher.group(2)) / (matcher.group(3).isEmpty() ? 1 : 100);
        return switch (matcher.group(1)) {
            case "<=" -> reading <= limit;
            case ">=" -> reading >= limit;
            case "<" -> reading < limit;
            default -> reading > limit;
        };
    }
}
