package io.tidegate.dag.step;

import io.tidegate.dag.name.Names;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that an earlier step reported, as templates name it: {@code outputs.count.rows}.
 *
 * @param step who reports it
 * @param name as it is reported
 */
public record OutputReference(StepId step, String name) {
    private static final Pattern FORM = Pattern.compile("outputs\\.([a-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

    public OutputReference {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(name, "name");
    }

    /** The reference that a name in a template is; empty when it is none. */
    public static Optional<OutputReference> of(String templateName) {
        Matcher matcher = FORM.matcher(templateName);
        return matcher.matches() && Names.isIdentifier(matcher.group(1))
                ? Optional.of(new OutputReference(new StepId(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "outputs." + step + "." + name;
    }
}
