package io.tidegate.dag.model;

import java.util.Locale;

/** Which of two compared models a metric was measured on. */
public enum ModelRole {
    CHAMPION,
    CHALLENGER;

    /** The word steps report and rules use: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
