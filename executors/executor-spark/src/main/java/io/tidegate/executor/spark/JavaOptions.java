package io.tidegate.executor.spark;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Java options as one line of words, in the quoting that spark-submit reads. */
final class JavaOptions {
    private static final Pattern COLLECTOR = Pattern.compile("-XX:[+]Use[A-Za-z0-9]+GC\\b");
    private static final Pattern CLASS_DATA =
            Pattern.compile("-Xshare:|-XX:(SharedArchiveFile|ArchiveClassesAtExit|SharedClassListFile)=");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+,@%-]+");

    private JavaOptions() {}

    static boolean chooseCollector(String line) {
        return COLLECTOR.matcher(line).find();
    }

    /** Whether the options are about class data themselves, so that ours would be in their way. */
    static boolean shareClassData(String line) {
        return CLASS_DATA.matcher(line).find();
    }

    /** @throws IllegalArgumentException when an option holds a character that no quoting carries */
    static String join(List<String> options) {
        return options.stream().map(JavaOptions::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String option) {
        if (PLAIN.matcher(option).matches()) {
            return option;
        }
        // Spark's own script lets a backslash quote within double quotes, the bundled one does not: neither is in need
        // of one here.
        if (option.indexOf('"') >= 0 || option.indexOf('\\') >= 0 || option.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("Java option " + option + " holds a quote, a backslash or a line break");
        }
        return '"' + option + '"';
    }
}
