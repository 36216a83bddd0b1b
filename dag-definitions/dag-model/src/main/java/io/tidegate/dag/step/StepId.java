package io.tidegate.dag.step;

import io.tidegate.dag.name.Names;
import java.util.regex.Pattern;

/**
 * The name of a step, unique in its DAG; or of one item of a step that runs for each item of a list: the step's name, a dot and the item's key,
 * for example {@code score.ord}.
 */
public record StepId(String value) implements Comparable<StepId> {
    private static final Pattern KEY = Pattern.compile("[a-z0-9]+([_-][a-z0-9]+)*");

    /** Length of a label of Kubernetes. */
    private static final int LONGEST = 63;

    /** @throws IllegalArgumentException when the value is not an identifier, see {@link Names}, or one with the key of an item */
    public StepId {
        int dot = value.indexOf('.');
        if (dot < 0 || !isItem(value, dot)) {
            Names.requireIdentifier("step", value);
        }
    }

    private static boolean isItem(String value, int dot) {
        return value.length() <= LONGEST
                && Names.isIdentifier(value.substring(0, dot))
                && KEY.matcher(value.substring(dot + 1)).matches();
    }

    /** Whether a key can be that of an item of this step. */
    public boolean allowsKey(String key) {
        return value.length() + 1 + key.length() <= LONGEST && KEY.matcher(key).matches();
    }

    /** The item of this step with the key. */
    public StepId item(String key) {
        return new StepId(value + "." + key);
    }

    /** Whether this is an item of a step. */
    public boolean isItem() {
        return value.indexOf('.') >= 0;
    }

    /** The step as it is declared: of an item its step, of a step itself. */
    public StepId declared() {
        return isItem() ? new StepId(value.substring(0, value.indexOf('.'))) : this;
    }

    @Override
    public int compareTo(StepId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
