package io.tidegate.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidegate.condition.Evaluation.Cause;
import io.tidegate.condition.Evaluation.Failed;
import io.tidegate.condition.Evaluation.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionLanguageTest {
    private static final ExpressionLanguage LANGUAGE = ExpressionLanguage.of(Map.of(
            "object", ValueType.DYNAMIC,
            "rows", ValueType.INTEGER,
            "loss", ValueType.NUMBER,
            "carrier", ValueType.STRING,
            "params.late", ValueType.BOOLEAN,
            "since", ValueType.TIMESTAMP,
            "age", ValueType.DURATION,
            "labels", ValueType.MAP,
            "days", ValueType.LIST));
    private static final Map<String, Object> OBJECT = Map.of(
            "object",
            Map.of(
                    "status",
                    Map.of(
                            "phase",
                            "Done",
                            "succeeded",
                            3,
                            "share",
                            new BigDecimal("0.5"),
                            "conditions",
                            List.of(
                                    Map.of("type", "Created", "status", "True"),
                                    Map.of("type", "Succeeded", "status", "True", "message", "all is well")))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            object.status.phase == 'Done'                                                             | true
            object.status.phase != 'Done'                                                             | false
            object.status.succeeded > 2 && object.status.succeeded < 3.5                              | true
            object.status.share >= 0.5                                                                | true
            object.status.conditions.exists(c, c.type == 'Succeeded' && c.status == 'True')           | true
            object.status.conditions.filter(c, c.type == 'Failed').size() > 0                         | false
            has(object.status.failed) && object.status.failed > 0                                     | false
            'Done' in [object.status.phase]                                                           | true
            """)
    void readsWhatAnObjectHolds(String text, boolean expected) {
        assertThat(LANGUAGE.condition(text).expression().evaluate(OBJECT)).isEqualTo(new Value<>(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            rows > 10 && loss < 1          | true
            loss == 0.5                    | true
            carrier.startsWith('U')        | true
            carrier.matches('^[A-Z]+$')    | true
            !params.late                   | true
            since < timestamp('2001-02-01T00:00:00Z') | true
            age > duration('1h')           | true
            labels.team == 'ml'            | true
            5 in days                      | true
            size(days) == 2                | true
            """)
    void knowsTheTypesOfVariables(String text, boolean expected) {
        Map<String, Object> values = Map.of(
                "rows",
                11,
                "loss",
                0.5f,
                "carrier",
                "UA",
                "params.late",
                false,
                "since",
                Instant.parse("2001-01-01T00:00:00Z"),
                "age",
                Duration.ofHours(2),
                "labels",
                Map.of("team", "ml"),
                "days",
                List.of(1, 5));
        assertThat(LANGUAGE.condition(text).expression().evaluate(values)).isEqualTo(new Value<>(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            objet.status == 1        | 1:1: there is no 'objet' here; there are age, carrier, days, labels, loss, object, params.late, rows, since (did you mean 'object'?)
            rows > 1 && params.lat   | 1:13: there is no 'params.lat' here; there are age, carrier, days, labels, loss, object, params.late, rows, since (did you mean 'params.late'?)
            carrier == 1             | 1:9: '==' does not work on text and a whole number
            carrier.matches(1)       | 1:16: 'matches' does not work on text and a whole number
            size(rows) > 1           | 1:5: 'size' does not work on a whole number
            true ? rows : carrier    | 1:6: '? :' does not work on true or false and a whole number and text
            carrier.foo()            | 1:9: there is no function 'foo'
            carrier.startWith('U')   | 1:9: there is no function 'startWith' (did you mean 'startsWith'?)
            rows                     | 1:1: this must be true or false, not a whole number
            days                     | 1:1: this must be true or false, not a list
            rows >                   | 1:7: this ends before the expression does
            rows = 1                 | 1:6: '=' is not known here (write == to compare)
            rows == 1 and true       | 1:11: 'and' is not expected here (write && for 'and')
            not (rows == 1)          | 1:1: there is no function 'not' (write ! for 'not')
            carrier == 'UA           | 1:12: this text has no closing quote
            (rows == 1               | 1:11: ')' is missing here
            rows == 1 rows           | 1:11: 'rows' is not expected here
            has(object)              | 1:4: has(...) takes a field of something, as in has(object.status)
            days.exists(1, true)     | 1:13: the first argument must be a name for the elements, as in exists(item, item > 0)
            rows == 99999999999999999999 | 1:9: 99999999999999999999 is more than a whole number can be
            """)
    void saysWhereAndWhatIsWrong(String text, String problem) {
        assertThat(LANGUAGE.condition(text).problems())
                .extracting(Object::toString)
                .containsExactly(problem);
    }

    @Test
    void showsAllProblemsOfNamesAndTypesWithTheirLines() {
        assertThat(LANGUAGE.condition("rows == 'a' &&\n  carier == 'UA' &&\n  carrier > 3")
                        .problems())
                .extracting(ExpressionProblem::line, ExpressionProblem::column)
                .containsExactly(tuple(1, 6), tuple(2, 3), tuple(3, 11));
    }

    @Test
    void findsLiteralsThatCanNeverWork() {
        assertThat(LANGUAGE.condition("carrier.matches('(')").problems()).hasSize(1);
        assertThat(LANGUAGE.condition("since > timestamp('yesterday')").problems())
                .hasSize(1);
    }

    @Test
    void refusesTextThatIsEmptyTooLongOrTooDeep() {
        assertThat(LANGUAGE.condition(" ").problems()).hasSize(1);
        assertThat(LANGUAGE.condition("rows == 1 || ".repeat(400) + "true").problems())
                .extracting(ExpressionProblem::message)
                .containsExactly("this is longer than 4000 characters");
        assertThat(LANGUAGE.condition("(".repeat(200) + "true" + ")".repeat(200))
                        .problems())
                .hasSize(1);
    }

    @Test
    void namesWhatIsMissing() {
        assertFails("object.status.phase == 'a'", Map.of(), Cause.MISSING, "'object' has no value");
        assertFails(
                "object.status.phase == 'a'",
                Map.of("object", Map.of("spec", 1)),
                Cause.MISSING,
                "'object.status' has no value");
        assertFails(
                "(has(object.a) && object.a > 1) || object.b > 1",
                Map.of("object", Map.of()),
                Cause.MISSING,
                "'object.b' has no value");
        assertFails("rows > 1 && carrier == 'a'", Map.of(), Cause.MISSING, "'carrier' and 'rows' have no value");
        assertFails(
                "object.status.conditions.exists(c, c.reason == 'x')",
                OBJECT,
                Cause.MISSING,
                "there is no field 'reason' where one is asked for");
        assertFails(
                "object.status.conditions[5].type == 'x'",
                OBJECT,
                Cause.MISSING,
                "a list has fewer elements than are asked for");
    }

    @Test
    void namesWhatIsOfTheWrongType() {
        assertFails(
                "rows > 1",
                Map.of("rows", "many"),
                Cause.WRONG_TYPE,
                "'rows' must be a whole number, not the text 'many'");
        assertFails(
                "object.status.phase > 1",
                OBJECT,
                Cause.WRONG_TYPE,
                "'>' does not work on these values: 'object.status.phase' is the text 'Done'");
        assertFails(
                "object.status.phase",
                OBJECT,
                Cause.WRONG_TYPE,
                "it must be true or false, but comes to the text 'Done'");
        assertFails("rows / 0 == 1", Map.of("rows", 1), Cause.OTHER, "it divides by zero");
    }

    @Test
    void boundsWhatAnEvaluationMayCost() {
        List<Integer> many = Collections.nCopies(1_000, 1);
        assertFails(
                "days.all(x, days.all(y, x == y))",
                Map.of("days", many),
                Cause.TOO_COSTLY,
                "it goes over more than 10000 elements, which is not allowed");
        assertThat(LANGUAGE.condition("days.all(x, x == 1)").expression().evaluate(Map.of("days", many)))
                .isEqualTo(new Value<>(true));
    }

    @Test
    void isTrueWhenOneSideIsWhateverTheOtherLacks() {
        assertThat(LANGUAGE.condition("object.status.absent > 0 || true")
                        .expression()
                        .evaluate(OBJECT))
                .isEqualTo(new Value<>(true));
    }

    @Test
    void knowsNull() {
        Map<String, Object> status = new HashMap<>();
        status.put("error", null);
        assertThat(LANGUAGE.condition("object.error == null").expression().evaluate(Map.of("object", status)))
                .isEqualTo(new Value<>(true));
    }

    @Test
    void givesTextWhereTextIsWanted() {
        Expression<String> message = LANGUAGE.text(
                        "object.status.conditions.filter(c, c.type == 'Succeeded')[0].message")
                .expression();
        assertThat(message.evaluate(OBJECT).result()).contains("all is well");
        assertThat(LANGUAGE.text("rows > 1").problems())
                .extracting(ExpressionProblem::message)
                .containsExactly("this must be text, not true or false");
    }

    @Test
    void tellsWhatItReads() {
        assertThat(LANGUAGE.condition(
                                "has(object.status.phase) && object.spec.size > rows && days.exists(d, d == object.day) && params.late")
                        .expression()
                        .reads())
                .extracting(FieldPath::toString)
                .containsExactly("object.status", "object.spec.size", "rows", "days", "object.day", "params.late");
    }

    @Test
    void servesSeveralThreads() {
        Expression<Boolean> odd = LANGUAGE.condition("rows % 2 == 1").expression();
        long found = IntStream.range(0, 10_000)
                .parallel()
                .filter(number -> odd.evaluate(Map.of("rows", number)).equals(new Value<>(true)))
                .count();
        assertThat(found).isEqualTo(5_000);
    }

    private static void assertFails(String text, Map<String, ?> values, Cause cause, String message) {
        assertThat(LANGUAGE.condition(text).expression().evaluate(values)).isEqualTo(new Failed<>(cause, message));
    }

    /** A reader that tries every way to split the text would be at it for years. */
    @Test
    @Timeout(20)
    void aPatternThatIsSlowElsewhereIsNotSlowHere() {
        assertThat(LANGUAGE.condition("carrier.matches('^(a+)+$')")
                        .expression()
                        .evaluate(Map.of("carrier", "a".repeat(5_000) + "!")))
                .isEqualTo(new Value<>(false));
    }
}
