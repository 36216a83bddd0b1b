package io.tidegate.scheduler.clock;

import com.cronutils.mapper.WeekDay;
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronField;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.definition.DayOfWeekFieldDefinition;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.time.generator.FieldValueGenerator;
import com.cronutils.model.time.generator.FieldValueGeneratorFactory;
import com.cronutils.parser.CronParser;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;

/**
 * The times of a five-field Unix cron expression. cron-utils reads it and says which values each field allows; they are kept as sets, because
 * the steps from time to time that it offers cost a hundred times as much. Evaluated in a zone whose clock changes, cron-utils (like Quartz)
 * leaves out a day whose only time falls into the gap; so times here are those of a calendar without changes.
 */
final class CronTimes implements LocalTimes {
    private static final CronDefinition UNIX = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
    private static final int MINUTES_A_DAY = 24 * 60;

    /** The days of January, one of each name among them; the first one is a Monday. */
    private static final int YEAR = 2001;

    private static final int LAST_OF_JANUARY = 31;
    private static final int LAST_OF_DECEMBER = 12;

    /** A leap day is eight years from the one before at most; what is not found by then never comes. */
    private static final int LONGEST_WAIT_YEARS = 9;

    private final BitSet minutesOfDay;
    private final BitSet daysOfMonth;
    private final BitSet months;
    private final BitSet daysOfWeek;

    /** Whether it is enough that one of the two fields for days holds: as in Unix, where neither is a star. */
    private final boolean eitherDay;

    private CronTimes(Cron cron) {
        minutesOfDay = new BitSet(MINUTES_A_DAY);
        BitSet minutes = set(FieldValueGeneratorFactory.forCronField(field(cron, CronFieldName.MINUTE)), 0, 59);
        set(FieldValueGeneratorFactory.forCronField(field(cron, CronFieldName.HOUR)), 0, 23).stream()
                .forEach(hour -> minutes.stream().forEach(minute -> minutesOfDay.set(hour * 60 + minute)));
        months = set(FieldValueGeneratorFactory.forCronField(field(cron, CronFieldName.MONTH)), 1, LAST_OF_DECEMBER);
        CronField ofMonth = field(cron, CronFieldName.DAY_OF_MONTH);
        CronField ofWeek = field(cron, CronFieldName.DAY_OF_WEEK);
        daysOfMonth = set(
                FieldValueGeneratorFactory.createDayOfMonthValueGeneratorInstance(ofMonth, YEAR, 1),
                1,
                LAST_OF_JANUARY);
        WeekDay monday =
                ((DayOfWeekFieldDefinition) UNIX.getFieldDefinition(CronFieldName.DAY_OF_WEEK)).getMondayDoWValue();
        daysOfWeek = new BitSet();
        set(
                        FieldValueGeneratorFactory.createDayOfWeekValueGeneratorInstance(ofWeek, YEAR, 1, monday),
                        1,
                        LAST_OF_JANUARY)
                .stream()
                .forEach(day ->
                        daysOfWeek.set(LocalDate.of(YEAR, 1, day).getDayOfWeek().getValue()));
        eitherDay = !(ofMonth.getExpression() instanceof Always) && !(ofWeek.getExpression() instanceof Always);
    }

    /** @throws IllegalArgumentException when the expression cannot be read */
    static CronTimes of(String expression) {
        Cron cron = new CronParser(UNIX).parse(expression);
        return new CronTimes(cron.validate());
    }

    private static CronField field(Cron cron, CronFieldName name) {
        return cron.retrieveFieldsAsMap().get(name);
    }

    private static BitSet set(FieldValueGenerator values, int first, int last) {
        BitSet set = new BitSet();
        values.generateCandidates(first, last).forEach(set::set);
        return set;
    }

    @Override
    public Optional<LocalDateTime> after(LocalDateTime time) {
        LocalDateTime from = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        LocalDate day = from.toLocalDate();
        LocalDate last = day.plusYears(LONGEST_WAIT_YEARS);
        int minute = allows(day) ? minutesOfDay.nextSetBit(from.get(ChronoField.MINUTE_OF_DAY)) : -1;
        while (minute < 0 && day.isBefore(last)) {
            day = months.get(day.getMonthValue())
                    ? day.plusDays(1)
                    : day.withDayOfMonth(1).plusMonths(1);
            minute = allows(day) ? minutesOfDay.nextSetBit(0) : -1;
        }
        return minute < 0 ? Optional.empty() : Optional.of(day.atTime(minute / 60, minute % 60));
    }

    @Override
    public Optional<LocalDateTime> before(LocalDateTime time) {
        LocalDateTime until = time.minusNanos(1);
        LocalDate day = until.toLocalDate();
        LocalDate first = day.minusYears(LONGEST_WAIT_YEARS);
        int minute = allows(day) ? minutesOfDay.previousSetBit(until.get(ChronoField.MINUTE_OF_DAY)) : -1;
        while (minute < 0 && day.isAfter(first)) {
            day = months.get(day.getMonthValue())
                    ? day.minusDays(1)
                    : day.withDayOfMonth(1).minusDays(1);
            minute = allows(day) ? minutesOfDay.previousSetBit(MINUTES_A_DAY) : -1;
        }
        return minute < 0 ? Optional.empty() : Optional.of(day.atTime(minute / 60, minute % 60));
    }

    private boolean allows(LocalDate day) {
        boolean ofMonth = daysOfMonth.get(day.getDayOfMonth());
        boolean ofWeek = daysOfWeek.get(day.getDayOfWeek().getValue());
        return months.get(day.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }
}
