package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.step.ExitCodes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Exit codes of failures: {@code 2}, or a range such as {@code 64..78}. */
public final class ExitCodeRanges {
    private static final Pattern NOTATION = Pattern.compile("([0-9]{1,3})(?:\\.\\.([0-9]{1,3}))?");

    private ExitCodeRanges() {}

    /** @throws TextException when the text is neither a code nor a range of codes */
    public static List<Integer> read(String text) throws TextException {
        Matcher matcher = NOTATION.matcher(text);
        if (!matcher.matches()) {
            throw new TextException(
                    Excerpt.quoted(text) + " is not an exit code",
                    "write a number such as 2, or a range such as 64..78");
        }
        int first = code(matcher.group(1));
        int last = matcher.group(2) == null ? first : code(matcher.group(2));
        if (last < first) {
            throw new TextException(
                    "the range ends with " + last + ", below its start", "did you mean " + last + ".." + first + "?");
        }
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    private static int code(String digits) throws TextException {
        int code = Integer.parseInt(digits);
        if (code == 0) {
            throw new TextException("exit code 0 is a success");
        }
        if (code > ExitCodes.HIGHEST) {
            throw new TextException("exit codes go up to " + ExitCodes.HIGHEST + ", and this is " + code);
        }
        return code;
    }
}
