package io.tidegate.dag.parser.text;

import io.tidegate.dag.template.Template;
import io.tidegate.dag.template.TemplateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Templates: text with names in double braces. */
public final class Templates {
    private static final int LONGEST = 32_768;
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*[a-z][A-Za-z0-9_.-]*\\s*}}");

    private Templates() {}

    /** @throws TextException when the text is too long or its braces hold anything but names */
    public static Template read(String text) throws TextException {
        if (text.length() > LONGEST) {
            throw new TextException(
                    "a value has at most " + LONGEST + " characters", "put the text into a file beside the DAG");
        }
        try {
            return new Template(text);
        } catch (TemplateException exception) {
            throw new TextException(
                    "a template holds names only: {{ }} must hold one name, without a program",
                    "for example {{ interval.start.date }}",
                    badBraces(text));
        }
    }

    private static int badBraces(String text) {
        Matcher matcher = NAME.matcher(text);
        int from = 0;
        while (matcher.find()) {
            int bad = firstBraces(text.substring(from, matcher.start()));
            if (bad >= 0) {
                return from + bad;
            }
            from = matcher.end();
        }
        return from + Math.max(0, firstBraces(text.substring(from)));
    }

    private static int firstBraces(String text) {
        int opening = text.indexOf("{{");
        int closing = text.indexOf("}}");
        return opening < 0 || (closing >= 0 && closing < opening) ? closing : opening;
    }
}
