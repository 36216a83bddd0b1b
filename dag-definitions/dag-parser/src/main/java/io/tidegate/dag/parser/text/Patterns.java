package io.tidegate.dag.parser.text;

import io.tidegate.dag.parser.problem.Excerpt;
import java.util.regex.Pattern;

/** Text that must have one form and has no further meaning here: class names, paths, names of metrics. */
public final class Patterns {
    /** A Java class with its package. */
    public static final String CLASS_NAME = "^[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)*$";

    /** A metric as steps report it. */
    public static final String METRIC = "^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*$";

    /** A value that a step reports for later ones. */
    public static final String OUTPUT = "^[A-Za-z_][A-Za-z0-9_]*$";

    /** A variable of a foreach. */
    public static final String VARIABLE = "^[a-z][a-z0-9_]*$";

    /** A column of a dataset. */
    public static final String COLUMN = "^[A-Za-z_][A-Za-z0-9_]*$";

    /** A format such as {@code parquet}. */
    public static final String FORMAT = "^[a-z][a-z0-9_-]*$";

    /** Memory in Spark's notation. */
    public static final String MEMORY = "^[1-9][0-9]{0,8}(k|m|g|t)$";

    /** A path below the DAG's folder. */
    public static final String PATH = "^(?!/)(?!.*(^|/)\\.\\.(/|$))[^\\\\]+$";

    /** A path that may leave the DAG's folder. */
    public static final String JAR = "^[^\\\\]+\\.jar$";

    private static final int LONGEST = 1_000;

    private Patterns() {}

    /**
     * A grammar for text of one form.
     *
     * @param noun what the text is, with an example: {@code a class name such as org.example.Features}
     */
    public static Grammar<String> of(String pattern, String noun) {
        Pattern compiled = Pattern.compile(pattern);
        return text -> {
            // The bound keeps a group that repeats from recursing deeply.
            if (text.length() > LONGEST || !compiled.matcher(text).matches()) {
                throw new TextException(Excerpt.quoted(text) + " is not " + noun);
            }
            return text;
        };
    }

    /** A grammar for memory, which offers a unit where there is none. */
    public static Grammar<String> memory() {
        Grammar<String> grammar = of(MEMORY, "an amount of memory such as 512m or 1g");
        Pattern bare = Pattern.compile("[1-9][0-9]{0,8}");
        return text -> {
            if (bare.matcher(text).matches()) {
                String unit = text.length() <= 2 ? "g" : "m";
                throw new TextException(
                        text + " has no unit; memory is a number with k, m, g or t",
                        "did you mean '" + text + unit + "'?");
            }
            return grammar.read(text);
        };
    }
}
