package io.tidegate.dag.parser.text;

import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.data.InputReference;
import io.tidegate.dag.parser.problem.Excerpt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** References to partitions: {@code features}, {@code features[-1]}, {@code features[-7..0]}. */
public final class InputReferences {
    /** The notation as a regular expression, for the schema. */
    public static final String PATTERN =
            "^[a-z][a-z0-9]*([_-][a-z0-9]+)*(\\[(0|-[0-9]{1,4})(\\.\\.(0|-[0-9]{1,4}))?\\])?$";

    private static final Pattern REFERENCE = Pattern.compile("([^\\[\\]]*)\\[\\s*(\\S+?)\\s*]");
    private static final Pattern OFFSETS = Pattern.compile("([-+]?[0-9]{1,4})(?:\\.\\.([-+]?[0-9]{1,4}))?");

    private static final Grammar<DatasetName> DATASET = Identifiers.of("dataset", DatasetName::new);

    private InputReferences() {}

    /** @throws TextException when the text is no reference, or one into the future */
    public static InputReference read(String text) throws TextException {
        int bracket = text.indexOf('[');
        if (bracket < 0) {
            return InputReference.current(DATASET.read(text));
        }
        Matcher reference = REFERENCE.matcher(text);
        Matcher offsets = OFFSETS.matcher(reference.matches() ? reference.group(2) : "");
        if (!offsets.matches()) {
            throw new TextException(
                    Excerpt.quoted(text.substring(bracket))
                            + " does not name partitions; count intervals from the run's own, which is 0, backwards",
                    "for example [-1] or [-7..0]",
                    bracket);
        }
        int first = Integer.parseInt(offsets.group(1));
        int last = offsets.group(2) == null ? first : Integer.parseInt(offsets.group(2));
        return reference(DATASET.read(reference.group(1)), first, last, bracket);
    }

    private static InputReference reference(DatasetName dataset, int first, int last, int bracket)
            throws TextException {
        try {
            return new InputReference(dataset, first, last);
        } catch (IllegalArgumentException exception) {
            throw new TextException(exception.getMessage(), remedy(first, last), bracket);
        }
    }

    private static String remedy(int first, int last) {
        if (first > 0 && first == last) {
            return "did you mean [-" + first + "]?";
        }
        return last < first && first <= 0 ? "did you mean [" + last + ".." + first + "]?" : "";
    }
}
