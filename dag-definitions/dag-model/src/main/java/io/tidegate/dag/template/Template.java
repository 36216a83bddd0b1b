package io.tidegate.dag.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with names in double braces, for example {@code {{ interval.start.date }}}. A template is substituted once; braces inside a
 * value are left as they are, so a value can never become code.
 *
 * @param source the text as written
 */
public record Template(String source) {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([a-z][A-Za-z0-9_.-]*)\\s*}}");

    /** @throws TemplateException when braces are open, empty or hold more than a name */
    public Template {
        String rest = NAME.matcher(source).replaceAll(" ");
        int brace = Math.max(rest.indexOf("{{"), rest.indexOf("}}"));
        if (brace >= 0) {
            throw new TemplateException(
                    "'" + source
                            + "' has braces that do not hold a name; a template knows names only, such as {{ interval.start.date }}");
        }
    }

    /** The names used, in order of appearance. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(source);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return List.copyOf(names);
    }

    /**
     * The text with every name replaced by its value.
     *
     * @param values gives the value of a name, or empty when there is none
     * @throws TemplateException when a name has no value; the message holds the name
     */
    public String render(Function<String, Optional<String>> values) {
        return NAME.matcher(source).replaceAll(match -> {
            String name = match.group(1);
            String value = values.apply(name)
                    .orElseThrow(() ->
                            new TemplateException("'" + source + "' names '" + name + "', which has no value here"));
            return Matcher.quoteReplacement(value);
        });
    }

    @Override
    public String toString() {
        return source;
    }
}
