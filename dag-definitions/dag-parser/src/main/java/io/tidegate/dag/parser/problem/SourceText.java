package io.tidegate.dag.parser.problem;

import java.util.ArrayList;
import java.util.List;

/** A file's text by lines, which end as YAML 1.2 says: with a line feed, a carriage return, or both. */
public final class SourceText {
    private final List<String> lines;

    public SourceText(String text) {
        this.lines = split(text);
    }

    /** The line without its end, counted from 1; empty when there is no such line. */
    public String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /** What follows a position on its line; empty when the line is shorter. */
    public String from(Position position) {
        String line = line(position.line());
        int before = position.column() - 1;
        if (before > line.codePointCount(0, line.length())) {
            return "";
        }
        return line.substring(line.offsetByCodePoints(0, before));
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character != '\n' && character != '\r') {
                continue;
            }
            lines.add(text.substring(start, index));
            if (character == '\r' && index + 1 < text.length() && text.charAt(index + 1) == '\n') {
                index++;
            }
            start = index + 1;
        }
        lines.add(text.substring(start));
        return lines;
    }
}
