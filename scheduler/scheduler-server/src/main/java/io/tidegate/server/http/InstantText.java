package io.tidegate.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * Writes instants exactly as {@link Instant#toString} does, without a formatter: lists are full of them, and formatters took half of the time
 * in which an answer was written.
 */
final class InstantText extends StdScalarSerializer<Instant> {
    private static final long serialVersionUID = 1L;
    private static final int SECONDS_A_DAY = 86_400;
    private static final int LONGEST = 30;
    private static final int TEN = 10;
    private static final int HUNDRED = 100;
    private static final int LAST_YEAR = 9999;
    private static final int NANOS_A_MILLI = 1_000_000;
    private static final int NANOS_A_MICRO = 1_000;

    InstantText() {
        super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeString(text(value));
    }

    static String text(Instant value) {
        long seconds = value.getEpochSecond();
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
        if (day.getYear() < 0 || day.getYear() > LAST_YEAR) {
            return value.toString();
        }
        LocalTime time = LocalTime.ofSecondOfDay(Math.floorMod(seconds, SECONDS_A_DAY));
        StringBuilder text = new StringBuilder(LONGEST);
        two(text, day.getYear() / HUNDRED);
        two(text, day.getYear() % HUNDRED);
        two(text.append('-'), day.getMonthValue());
        two(text.append('-'), day.getDayOfMonth());
        two(text.append('T'), time.getHour());
        two(text.append(':'), time.getMinute());
        two(text.append(':'), time.getSecond());
        fraction(text, value.getNano());
        return text.append('Z').toString();
    }

    /** Three digits, six or nine: as few as are needed. */
    private static void fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return;
        }
        int unit = nanos % NANOS_A_MILLI == 0 ? NANOS_A_MILLI : nanos % NANOS_A_MICRO == 0 ? NANOS_A_MICRO : 1;
        text.append('.');
        for (int place = HUNDRED * NANOS_A_MILLI; place >= unit; place /= TEN) {
            text.append((char) ('0' + nanos / place % TEN));
        }
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / TEN)).append((char) ('0' + number % TEN));
    }
}
