package io.tidegate.dag.step;

import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which exit codes of a step's own program are worth another try.
 *
 * @param giveUpOn codes after which the step is not tried again
 * @param retryOn the only codes after which it is; empty for every code that is not given up on
 */
public record ExitCodes(Set<Integer> giveUpOn, Set<Integer> retryOn) {
    public static final int HIGHEST = 255;
    public static final ExitCodes ANY = new ExitCodes(Set.of(), Set.of());

    public ExitCodes {
        giveUpOn = Set.copyOf(giveUpOn);
        retryOn = Set.copyOf(retryOn);
        Set<Integer> all = new TreeSet<>(giveUpOn);
        all.addAll(retryOn);
        for (int code : all) {
            if (code < 1 || code > HIGHEST) {
                throw new IllegalArgumentException(
                        "an exit code of a failure is from 1 to " + HIGHEST + ", not " + code);
            }
        }
    }

    /** Whether a program that ended like this is worth another try; one whose exit code nobody knows is not ruled out by a code. */
    public boolean allow(OptionalInt exitCode) {
        return exitCode.isEmpty()
                ? retryOn.isEmpty()
                : !giveUpOn.contains(exitCode.getAsInt())
                        && (retryOn.isEmpty() || retryOn.contains(exitCode.getAsInt()));
    }
}
