package io.tidegate.steps.cleanse;

import io.tidegate.steps.contract.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads rules from YAML:
 *
 * <pre>
 * rules:
 *   - { name: delay_present, column: delay, required: true }
 *   - { name: delay_whole, column: delay, type: integer }
 *   - { name: delay_plausible, column: delay, range: [-120, 1800], fail_beyond: 1% }
 *   - { name: origin_known, column: origin, codes: airports.txt, fix: [trim, upper], otherwise: quarantine }
 *   - { name: no_duplicates, unique: [date, origin, destination], otherwise: drop }
 * </pre>
 *
 * A rule has a name and exactly one of {@code required}, {@code type}, {@code range}, {@code codes}, {@code matches} (each with a
 * {@code column}) and {@code unique}. {@code fix} is one or several of {@code trim}, {@code upper}, {@code lower}, {@code clamp} and
 * {@code value: X}. {@code otherwise} is {@code quarantine}, which is the default, or {@code drop}. A file of codes lies beside the rules
 * and has one code a line; what follows a {@code #} is a comment.
 */
public final class RulesFile {
    private RulesFile() {}

    /**
     * Reads a rules file and the code files it names.
     *
     * @throws RulesException with everything that is wrong with it
     */
    public static List<Rule> read(Path file) {
        try {
            return parse(Files.readString(file), file);
        } catch (IOException e) {
            throw new StepFailure("the rules file " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads rules from text.
     *
     * @param file where the text is from: named in messages, and code files are looked for beside it
     */
    public static List<Rule> parse(String text, Path file) {
        return new RulesParser(file).parse(text);
    }

    static SortedSet<String> codes(Path file) throws IOException {
        SortedSet<String> codes = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            int comment = line.indexOf('#');
            String code = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!code.isEmpty()) {
                codes.add(code);
            }
        }
        return codes;
    }
}
