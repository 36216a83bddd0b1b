package io.tidegate.steps.cleanse;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.tidegate.steps.contract.StepFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Applies rules to a DataFrame, from the first to the last; each sees the values as the rules before it left them. The first rule a row
 * breaks decides what happens with it.
 */
public final class Cleansing {
    /** Column of the rejected rows: the rule that decided. */
    public static final String REJECTED_BY = "rejected_by";

    /** Column of the rejected rows: all rules broken. */
    public static final String BROKEN_RULES = "broken_rules";

    private static final String RAW = "__raw";
    private static final String VERDICT = "__verdict";

    private final List<Rule> rules;
    private Dataset<Row> frame;
    private Column badSoFar = lit(false);

    private Cleansing(Dataset<Row> frame, List<Rule> rules) {
        this.frame = frame;
        this.rules = rules;
    }

    /**
     * Judges each row. The result is computed when it is asked for, and kept in memory or on disk until it is closed.
     *
     * @throws StepFailure when a rule is about a column that is not there
     */
    public static Cleansed apply(Dataset<Row> frame, List<Rule> rules) {
        return new Cleansing(frame, rules).run();
    }

    private Cleansed run() {
        List<String> columns = List.of(frame.columns());
        rules.forEach(rule -> requireColumns(rule, columns));
        frame = frame.withColumn(
                RAW, struct(columns.stream().map(Cleansing::named).toArray(Column[]::new)));
        for (int number = 0; number < rules.size(); number++) {
            Rule rule = rules.get(number);
            if (rule.check() instanceof Check.Unique unique) {
                markDuplicates(unique, number, columns);
            } else {
                judge(rule, number);
            }
            badSoFar = badSoFar.or(col(broken(number)));
        }
        return new Cleansed(frame.withColumn(VERDICT, verdict()).persist(), rules, columns);
    }

    private void judge(Rule rule, int number) {
        ValueCheck check =
                new ValueCheck(rule, frame.schema().apply(rule.column()).dataType());
        ValueCheck.Judgement judgement = check.judge(named(rule.column()));
        Map<String, Column> changed = new LinkedHashMap<>();
        changed.put(rule.column(), judgement.value());
        changed.put(broken(number), judgement.broken());
        changed.put(mended(number), judgement.mended());
        frame = frame.withColumns(changed);
    }

    /** Among equal rows a good one stays; rows that are bad for another reason do not make a good one a duplicate. */
    private void markDuplicates(Check.Unique unique, int number, List<String> columns) {
        Column content = xxhash64(columns.stream().map(Cleansing::named).toArray(Column[]::new));
        WindowSpec equalRows = Window.partitionBy(
                        unique.columns().stream().map(Cleansing::named).toArray(Column[]::new))
                .orderBy(badSoFar, content);
        frame = frame.withColumn(
                        broken(number), row_number().over(equalRows).gt(1).and(not(badSoFar)))
                .withColumn(mended(number), lit(false));
    }

    private Column verdict() {
        Column verdict = lit(null).cast("int");
        for (int number = rules.size() - 1; number >= 0; number--) {
            verdict = when(col(broken(number)), lit(number)).otherwise(verdict);
        }
        return verdict;
    }

    private static void requireColumns(Rule rule, List<String> columns) {
        List<String> wanted = rule.check() instanceof Check.Unique unique ? unique.columns() : List.of(rule.column());
        for (String column : wanted) {
            if (!columns.contains(column)) {
                throw new StepFailure("the rule " + rule.name() + " is about the column '" + column
                        + "', which the data does not have" + Nearest.suggestion(column, columns));
            }
        }
    }

    private static Column named(String column) {
        return col("`" + column.replace("`", "``") + "`");
    }

    private static String broken(int number) {
        return "__broken_" + number;
    }

    private static String mended(int number) {
        return "__mended_" + number;
    }

    /** Rows, judged. Close it to free what it keeps. */
    public static final class Cleansed implements AutoCloseable {
        private final Dataset<Row> judged;
        private final List<Rule> rules;
        private final List<String> columns;

        private Cleansed(Dataset<Row> judged, List<Rule> rules, List<String> columns) {
            this.judged = judged;
            this.rules = rules;
            this.columns = columns;
        }

        /** The good rows, mended where a rule says so, with the types the rules declare. */
        public Dataset<Row> clean() {
            return judged.where(col(VERDICT).isNull())
                    .select(columns.stream().map(Cleansing::named).toArray(Column[]::new));
        }

        /** The rows for quarantine, as they came, with {@value #REJECTED_BY} and {@value #BROKEN_RULES}. */
        public Dataset<Row> rejected() {
            List<Column> selected = new ArrayList<>();
            selected.add(col(RAW + ".*"));
            selected.add(
                    numbered(number -> col(VERDICT).equalTo(number)).getItem(0).as(REJECTED_BY));
            selected.add(numbered(number -> col(broken(number))).as(BROKEN_RULES));
            return judged.where(col(VERDICT).isin(numbersOf(Rule.Otherwise.QUARANTINE)))
                    .select(selected.toArray(Column[]::new));
        }

        /** Counts the rows by what became of them. */
        public CleansingCounts counts() {
            List<Column> sums = new ArrayList<>();
            sums.add(sum(col(VERDICT).isNull().cast("long")));
            sums.add(sum(col(VERDICT).isin(numbersOf(Rule.Otherwise.QUARANTINE)).cast("long")));
            for (int number = 0; number < rules.size(); number++) {
                sums.add(sum(col(broken(number)).cast("long")));
                sums.add(sum(col(mended(number)).cast("long")));
            }
            Row row = judged.agg(count(lit(1)), sums.toArray(Column[]::new)).first();
            List<CleansingCounts.OfRule> ofRules = new ArrayList<>();
            for (int number = 0; number < rules.size(); number++) {
                ofRules.add(new CleansingCounts.OfRule(
                        rules.get(number), number(row, 3 + 2 * number), number(row, 4 + 2 * number)));
            }
            return new CleansingCounts(number(row, 0), number(row, 1), number(row, 2), ofRules);
        }

        @Override
        public void close() {
            judged.unpersist();
        }

        /** The names of the rules whose condition holds for a row. */
        private Column numbered(java.util.function.IntFunction<Column> condition) {
            Column[] names = new Column[rules.size()];
            Arrays.setAll(
                    names,
                    number ->
                            when(condition.apply(number), lit(rules.get(number).name())));
            return array_compact(array(names));
        }

        private Object[] numbersOf(Rule.Otherwise otherwise) {
            List<Object> numbers = new ArrayList<>();
            for (int number = 0; number < rules.size(); number++) {
                if (rules.get(number).otherwise() == otherwise) {
                    numbers.add(number);
                }
            }
            return numbers.toArray();
        }

        private static long number(Row row, int index) {
            return row.isNullAt(index) ? 0 : row.getLong(index);
        }
    }
}
