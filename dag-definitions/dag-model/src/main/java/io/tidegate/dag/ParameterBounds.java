package io.tidegate.dag;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which values of its type a parameter may have.
 *
 * @param minimum smallest number, first day, shortest duration or fewest items that are allowed, as a value of the type is written
 * @param maximum largest number, last day, longest duration or most items that are allowed
 * @param pattern regular expression that a text or each item of a list must match from its beginning to its end
 * @param choices the values, or for a list the items, that are allowed; any when empty
 */
public record ParameterBounds(
        Optional<String> minimum, Optional<String> maximum, Optional<String> pattern, List<String> choices) {
    /** All values of the type. */
    public static final ParameterBounds NONE =
            new ParameterBounds(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public ParameterBounds {
        Objects.requireNonNull(minimum, "minimum");
        Objects.requireNonNull(maximum, "maximum");
        Objects.requireNonNull(pattern, "pattern");
        choices = List.copyOf(choices);
    }

    /** All values of the type between two. */
    public static ParameterBounds between(String minimum, String maximum) {
        return new ParameterBounds(Optional.of(minimum), Optional.of(maximum), Optional.empty(), List.of());
    }
}
