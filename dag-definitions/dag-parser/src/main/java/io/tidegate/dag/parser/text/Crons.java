package io.tidegate.dag.parser.text;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronField;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.model.time.generator.FieldValueGeneratorFactory;
import com.cronutils.parser.CronParser;
import io.tidegate.dag.parser.problem.Excerpt;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cron expressions: minute, hour, day of month, month, day of week, as in Unix; {@code @daily} and its like are names of such. */
public final class Crons {
    private static final int FIELDS = 5;
    private static final int LONGEST = 200;

    /** A list of more is a mistake or an attack: all days of a month are 31. */
    private static final int LONGEST_LIST = 31;

    private static final int LAST_MINUTE = 59;
    private static final int LAST_HOUR = 23;

    /** The last day that every month has. */
    private static final int LAST_SURE_DAY = 28;

    private static final CronDefinition UNIX = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    /** Expressions that were read lately. cron-utils compiles dozens of patterns to read one, and thousands of DAGs have a few hundred. */
    private static final Map<String, Cron> KNOWN = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cron> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    private static final int MOST_KNOWN = 1_000;

    private Crons() {}

    /**
     * The expression in its five fields.
     *
     * @throws TextException when the text is no cron expression of five fields, nor a name of one
     */
    public static String read(String text) throws TextException {
        String nickname = text.strip().toLowerCase(Locale.ROOT);
        if (nickname.startsWith("@")) {
            String meant = NICKNAMES.get(nickname);
            if (meant == null) {
                throw new TextException(
                        "there is no schedule " + Excerpt.quoted(text), Words.nearest(nickname, NICKNAMES.keySet()));
            }
            return meant;
        }
        String[] fields = BLANKS.split(text.strip());
        if (text.length() > LONGEST || fields.length != FIELDS || fields[0].isEmpty()) {
            throw new TextException(
                    Excerpt.quoted(text) + " is not a cron expression of five fields:"
                            + " minute, hour, day of month, month, day of week",
                    fields.length == FIELDS + 1
                            ? "a field for seconds does not exist; a minute is the shortest step"
                            : "");
        }
        for (String field : fields) {
            if (field.split(",", -1).length > LONGEST_LIST) {
                throw new TextException(
                        "a list in a cron expression has at most " + LONGEST_LIST + " entries",
                        "write a step such as */5 or a range such as 0-30",
                        text.indexOf(field));
            }
        }
        parse(text);
        return String.join(" ", fields);
    }

    private static Cron parse(String text) throws TextException {
        Cron known = KNOWN.get(text);
        if (known != null) {
            return known;
        }
        try {
            Cron cron = new CronParser(UNIX).parse(text).validate();
            KNOWN.put(text, cron);
            return cron;
        } catch (IllegalArgumentException exception) {
            String reason = exception.getMessage().replace("Failed to parse cron expression. ", "");
            throw new TextException("cron expression " + Excerpt.quoted(text) + ": " + Excerpt.shortened(reason));
        }
    }

    /**
     * The first instant of the expression from a day on; empty when there is none in the years that can be looked at.
     *
     * @param cron an expression that {@link #read} has accepted
     */
    public static Optional<ZonedDateTime> firstFrom(String cron, LocalDate day, ZoneId zone) {
        return ExecutionTime.forCron(accepted(cron))
                .nextExecution(day.atStartOfDay(zone).minusSeconds(1));
    }

    /**
     * Whether two instants of the expression fall on one day: when it names more than one minute or more than one hour. The values of the two
     * fields are counted, because looking at instants one by one costs cron-utils more than all else of reading a DAG.
     *
     * @param cron an expression that {@link #read} has accepted
     */
    public static boolean firesTwiceADay(String cron) {
        Map<CronFieldName, CronField> fields = accepted(cron).retrieveFieldsAsMap();
        return count(fields.get(CronFieldName.MINUTE), 0, LAST_MINUTE) > 1
                || count(fields.get(CronFieldName.HOUR), 0, LAST_HOUR) > 1;
    }

    /**
     * Whether it is plain, without looking at instants, that the expression fires for ever: it names a day that every month has.
     *
     * @param cron an expression that {@link #read} has accepted
     */
    public static boolean surelyFires(String cron) {
        return count(accepted(cron).retrieveFieldsAsMap().get(CronFieldName.DAY_OF_MONTH), 1, LAST_SURE_DAY) > 0;
    }

    private static int count(CronField field, int first, int last) {
        return FieldValueGeneratorFactory.forCronField(field)
                .generateCandidates(first, last)
                .size();
    }

    private static Cron accepted(String cron) {
        try {
            return parse(cron);
        } catch (TextException exception) {
            throw new IllegalArgumentException(exception.getMessage(), exception);
        }
    }
}
