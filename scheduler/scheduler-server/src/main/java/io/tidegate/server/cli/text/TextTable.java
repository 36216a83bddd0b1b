package io.tidegate.server.cli.text;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** A table in plain text: columns as wide as their widest cell, two spaces between. Cells may carry picocli markup. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... headings) {
        List<String> bold = new ArrayList<>();
        for (String heading : headings) {
            bold.add("@|bold " + heading + "|@");
        }
        rows.add(bold);
    }

    public TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The table's lines, with colours when the terminal takes them. */
    public List<String> lines(Ansi ansi) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], plainLength(row.get(column)));
            }
        }
        return rows.stream().map(row -> line(row, widths, ansi)).toList();
    }

    private static String line(List<String> row, int[] widths, Ansi ansi) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(ansi.string(cell));
            if (column < row.size() - 1) {
                line.append(" ".repeat(widths[column] - plainLength(cell) + 2));
            }
        }
        return line.toString();
    }

    private static int plainLength(String cell) {
        return Ansi.OFF.string(cell).length();
    }
}
