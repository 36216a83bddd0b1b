package io.tidegate.dag.data;

import java.util.Locale;

/** How much a dataset may be trusted as a fact: the distinction Tidegate exists for. */
public enum DataClass {
    /** What arrived from outside. Never changes once landed; only an ingest step writes it. */
    RAW,
    /** What a deterministic rule computed from raw or deterministic data; the same inputs give the same rows again. */
    DETERMINISTIC,
    /** What an algorithm guessed: computed by a model, or from anything that was. */
    ALGORITHMIC;

    /** Whether a dataset of this class may be computed from one of the other class. */
    public boolean mayDeriveFrom(DataClass input) {
        return switch (this) {
            case RAW -> false;
            case DETERMINISTIC -> input != ALGORITHMIC;
            case ALGORITHMIC -> true;
        };
    }

    /** The word an author writes: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
