package io.tidegate.dag.parser.yaml;

import io.tidegate.dag.parser.problem.Position;
import io.tidegate.dag.parser.problem.Problems;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Refuses characters that no text needs and that databases, terminals and file names do not survive. */
final class Characters {
    private Characters() {}

    /** Whether each character of a file may stand in YAML (YAML 1.2.2, section 5.1); reports the first one of each line that may not. */
    static boolean check(String source, Problems problems) {
        boolean sound = true;
        int line = 1;
        int column = 0;
        int reported = 0;
        int character;
        for (int index = 0; index < source.length(); index += Character.charCount(character)) {
            character = source.codePointAt(index);
            column++;
            if (isPlain(character)) {
                continue;
            }
            if (!StreamReader.isPrintable(character) || isSurrogate(character)) {
                sound = false;
                if (reported != line) {
                    reported = line;
                    refuse(character, new Position(line, column), problems);
                }
            }
            boolean pair = character == '\r' && index + 1 < source.length() && source.charAt(index + 1) == '\n';
            if (character == '\n' || (character == '\r' && !pair)) {
                line++;
                column = 0;
            }
        }
        return sound;
    }

    /** The same for a value, in which escapes such as {@code "\0"} have been resolved. Line feeds and tabs are text. */
    static void checkValue(String value, Position position, Problems problems) {
        int character;
        for (int index = 0; index < value.length(); index += Character.charCount(character)) {
            character = value.codePointAt(index);
            if (isPlain(character)) {
                continue;
            }
            boolean control = Character.isISOControl(character) && character != '\n' && character != '\t';
            if (control || isSurrogate(character)) {
                refuse(character, position, problems);
                return;
            }
        }
    }

    /** Most of what is written, about which there is nothing to ask. */
    private static boolean isPlain(int character) {
        return character >= ' ' && character <= '~';
    }

    private static boolean isSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    private static void refuse(int character, Position position, Problems problems) {
        problems.add(
                position,
                "the character U+%04X is not allowed".formatted(character),
                Optional.of("a definition is plain text: remove it"));
    }
}
