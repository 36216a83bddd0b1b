package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.condition.ExpressionLanguage;
import io.tidegate.dag.name.DagReference;
import io.tidegate.dag.parser.problem.Excerpt;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.ObjectType;
import io.tidegate.dag.parser.shape.TemplateType;
import io.tidegate.dag.parser.shape.TemplateUse;
import io.tidegate.dag.parser.shape.TextType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.parser.text.Templates;
import io.tidegate.dag.parser.text.TextException;
import io.tidegate.dag.step.Awaited;
import io.tidegate.dag.template.Template;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of a sensor that waits for what is no file. */
final class AwaitedFields {
    private static final ExpressionLanguage LANGUAGE =
            ExpressionLanguage.of(Map.of("body", io.tidegate.condition.ValueType.DYNAMIC));
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final String UNTIL_PATTERN = "^(([01][0-9]|2[0-3]):[0-5][0-9]|[0-9]{1,9}(s|m|h|d))$";
    private static final int LEAST_STATUS = 100;
    private static final int MOST_STATUS = 599;

    private static final Field<String> CONNECTION = required(
            "connection",
            Notations.identifier("database", name -> name),
            "A database of the server's configuration.",
            "connection: warehouse");
    private static final Field<String> QUERY = required(
            "query",
            TextType.asWritten("a query that begins with select or with", AwaitedFields::query),
            "A query that only reads; met when it gives a row. Values stand as ? in it.",
            "query: select 1 from loads where day = ?");
    private static final Field<List<Template>> VALUES = optional(
            "values",
            ListType.of("a list of values", Notations.STEP_TEXT),
            "Values for the question marks of the query, in order.",
            "values: [\"{{ interval.start.date }}\"]");
    static final Field<Awaited.SqlRow> SQL = optional(
            "sql",
            ObjectType.of("sql", "a row in a database", List.of(CONNECTION, QUERY, VALUES), AwaitedFields::row),
            "The row in a database that is waited for.",
            "sql: { connection: warehouse, query: \"select 1 from loads where day = ?\","
                    + " values: [\"{{ interval.start.date }}\"] }");

    private static final Field<Template> URL = required(
            "url",
            TemplateType.of("an address such as https://example.org/ready", AwaitedFields::url, TemplateUse.Scope.STEP),
            "The address that is asked; the server's configuration must allow it.",
            "url: \"https://example.org/ready/{{ interval.start.date }}\"");
    private static final Field<Long> STATUS = optional(
            "status",
            new WholeNumberType("a status of HTTP", LEAST_STATUS, MOST_STATUS),
            "The status that the answer must have; 200 when left out.",
            "status: 204");
    private static final Field<String> CONDITION = optional(
            "condition",
            ExpressionType.of("a condition such as body.state == 'done'", LANGUAGE::condition),
            "What must hold besides, in CEL over body, the JSON of the answer.",
            "condition: body.state == 'done'");
    static final Field<Awaited.HttpAnswer> HTTP = optional(
            "http",
            ObjectType.of("http", "an answer of a web server", List.of(URL, STATUS, CONDITION), AwaitedFields::answer),
            "The answer of a web server that is waited for.",
            "http: { url: \"https://example.org/ready\", condition: body.state == 'done' }");

    static final Field<DagReference> RUN_OF = optional(
            "run_of",
            Notations.identifier("DAG", DagReference::new),
            "The DAG whose run for the same interval must have succeeded.",
            "run_of: orders");
    static final Field<Awaited> UNTIL = optional(
            "until",
            TextType.of(
                    "a time of day such as \"06:30\", or a duration such as 2h", UNTIL_PATTERN, AwaitedFields::until),
            "A time of day, the first one from the end of the interval on; or how long after the end of the interval.",
            "until: \"06:30\"");

    static final List<Field<?>> ALL = List.of(SQL, HTTP, RUN_OF, UNTIL);

    private AwaitedFields() {}

    /** What the author waits for; empty when that is a file, or cannot be read. */
    static Optional<Awaited> read(Values values) {
        return values.get(SQL)
                .<Awaited>map(row -> row)
                .or(() -> values.get(HTTP))
                .or(() -> values.get(RUN_OF).map(Awaited.DagInterval::new))
                .or(() -> values.get(UNTIL));
    }

    private static String query(String text) throws TextException {
        String start = text.strip().toLowerCase(Locale.ROOT);
        if (!start.startsWith("select") && !start.startsWith("with")) {
            throw new TextException(
                    Excerpt.quoted(text) + " is not a query that begins with select or with", "a sensor only reads");
        }
        if (text.indexOf(';') >= 0) {
            throw new TextException("a query is one statement, without ';'", "", text.indexOf(';'));
        }
        return text.strip();
    }

    private static Template url(String text) throws TextException {
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            throw new TextException(Excerpt.quoted(text) + " is not an address; it begins with https:// or http://");
        }
        return Templates.read(text);
    }

    private static Awaited until(String text) throws TextException {
        return TIME.matcher(text).matches()
                ? new Awaited.TimeOfDay(LocalTime.parse(text))
                : new Awaited.Delay(Durations.withLikelyUnit("h").read(text));
    }

    private static Optional<Awaited.SqlRow> row(Values values) {
        Optional<String> connection = values.get(CONNECTION);
        Optional<String> query = values.get(QUERY);
        List<Template> given = values.get(VALUES).orElse(List.of());
        query.filter(text -> text.chars().filter(sign -> sign == '?').count() != given.size())
                .ifPresent(text -> values.reading()
                        .report(
                                values.valueOf(QUERY),
                                "the query has "
                                        + text.chars()
                                                .filter(sign -> sign == '?')
                                                .count() + " question marks, and there are " + given.size()
                                        + " values"));
        return connection.isPresent() && query.isPresent()
                ? Optional.of(new Awaited.SqlRow(connection.get(), query.get(), given))
                : Optional.empty();
    }

    private static Optional<Awaited.HttpAnswer> answer(Values values) {
        return values.get(URL)
                .map(url -> new Awaited.HttpAnswer(
                        url,
                        values.get(STATUS).map(Long::intValue).orElse(Awaited.HttpAnswer.OK),
                        values.get(CONDITION)));
    }
}
