package io.tidegate.steps.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesFileTest {
    @TempDir
    private Path folder;

    private List<Rule> read(String text) throws IOException {
        return RulesFile.read(Files.writeString(folder.resolve("flights.yaml"), text));
    }

    @Test
    void readsEveryForm() throws IOException {
        Files.writeString(folder.resolve("codes.txt"), "# airports\nORD  # O'Hare\n\nATL\n");
        List<Rule> rules = read("""
                rules:
                  - { name: there, column: delay, required: true }
                  - { name: whole, column: delay, type: integer, fix: trim }
                  - { name: plausible, column: delay, range: [-120, null], fix: clamp, fail_beyond: 1% }
                  - { name: known, column: origin, codes: codes.txt, fix: [trim, upper], otherwise: quarantine }
                  - { name: form, column: origin, matches: "[A-Z]{3}", fix: { value: XXX } }
                  - { name: once, unique: [date, origin], otherwise: drop }
                """);
        assertThat(rules)
                .extracting(Rule::check)
                .containsExactly(
                        new Check.Required(),
                        new Check.OfType(ColumnType.INTEGER),
                        new Check.Range(java.util.Optional.of("-120"), java.util.Optional.empty()),
                        new Check.Codes(new java.util.TreeSet<>(List.of("ATL", "ORD"))),
                        new Check.Matches("[A-Z]{3}"),
                        new Check.Unique(List.of("date", "origin")));
        assertThat(rules.get(2).failBeyond()).isEqualTo(OptionalDouble.of(0.01));
        assertThat(rules.get(3).fixes()).containsExactly(Fix.Simple.TRIM, Fix.Simple.UPPER);
        assertThat(rules.get(4).fixes()).containsExactly(new Fix.Value("XXX"));
        assertThat(rules)
                .extracting(Rule::otherwise)
                .startsWith(Rule.Otherwise.QUARANTINE)
                .endsWith(Rule.Otherwise.DROP);
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceWithItsPlace() {
        assertThatThrownBy(() -> read("""
                        rules:
                          - { name: a, column: delay, rnage: [1, 2] }
                          - { name: a, column: delay, type: integr }
                          - { column: delay, required: true, type: integer }
                          - { name: b, column: delay, range: [1], otherwise: quarantene, fail_beyond: 120% }
                          - { name: c, column: origin, codes: nowhere.txt, fix: [trimm, clamp] }
                          - { name: d, column: x, unique: [x, x], fix: trim }
                          - { name: e, column: x, matches: "[a-" }
                          - just words
                        """))
                .isInstanceOfSatisfying(
                        RulesException.class,
                        failure -> assertThat(failure.problems())
                                .extracting(
                                        problem -> problem.line() + ":" + problem.column() + " " + problem.message())
                                .containsExactly(
                                        "2:5 a rule has exactly one of required, type, range, codes, matches, unique, this one has none",
                                        "2:31 unknown field 'rnage'; did you mean 'range'?",
                                        "3:13 there are two rules of the name 'a'",
                                        "3:37 unknown type 'integr'; did you mean 'integer'?",
                                        "4:5 the rule has no 'name'",
                                        "4:44 a rule has exactly one of required, type, range, codes, matches, unique, this one has required and type",
                                        "5:38 'range' is [least, most]; write null for an end that is open",
                                        "5:54 unknown word 'quarantene' for a bad row; did you mean 'quarantine'?",
                                        "5:79 'fail_beyond' is '120%', which does not lie between 0% and 100%",
                                        "6:39 the code file " + folder.resolve("nowhere.txt")
                                                + " cannot be read: java.nio.file.NoSuchFileException: "
                                                + folder.resolve("nowhere.txt"),
                                        "6:58 unknown fix 'trimm'; did you mean 'trim'?",
                                        "6:65 'clamp' is a fix for a 'range' only",
                                        "7:24 a rule with 'unique' is about whole rows and has no 'column'",
                                        "7:39 the column 'x' is there twice",
                                        "7:48 a duplicate cannot be fixed; say 'otherwise: drop'",
                                        "8:36 'matches' is no regular expression: Illegal character range",
                                        "9:5 a rule must be a mapping of fields"))
                .hasMessageStartingWith(folder.resolve("flights.yaml") + ":2:5: ");
    }

    @Test
    void tellsWhatIsNoYamlOrNoRules() {
        assertThatThrownBy(() -> read("rules: [a\nb: 1")).hasMessageContaining("this is not YAML");
        assertThatThrownBy(() -> read("")).hasMessageContaining(":1:1: the file is empty");
        assertThatThrownBy(() -> read("rules: []")).hasMessageContaining(":1:8: there is no rule");
        assertThatThrownBy(() -> read("rule: []")).hasMessageContaining("did you mean 'rules'?");
        assertThatThrownBy(() -> RulesFile.read(folder.resolve("none.yaml")))
                .hasMessageContaining("none.yaml cannot be read");
    }
}
