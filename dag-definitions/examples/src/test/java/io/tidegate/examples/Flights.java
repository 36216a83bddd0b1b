package io.tidegate.examples;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Made-up flights, the same for the same seed: late at some airports, in the evening, and on bad days. */
final class Flights {
    static final StructType SCHEMA = new StructType()
            .add("date", DataTypes.TimestampNTZType)
            .add("delay", DataTypes.LongType)
            .add("distance", DataTypes.LongType)
            .add("origin", DataTypes.StringType)
            .add("destination", DataTypes.StringType);

    private static final List<String> AIRPORTS = List.of("ATL", "ORD", "DFW", "LAX", "SEA");
    private static final int HOURS = 24;
    private static final int MINUTES = 60;

    private Flights() {}

    record Flight(LocalDateTime date, long delay, long distance, String origin, String destination) {
        LocalDate day() {
            return date.toLocalDate();
        }

        Flight delayedBy(long minutes) {
            return new Flight(date, delay + minutes, distance, origin, destination);
        }
    }

    /** Flights of some days from a first one on. */
    static List<Flight> made(LocalDate first, int days, int perDay, long seed) {
        Random random = new Random(seed);
        List<Flight> flights = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            double badDay = random.nextDouble() * 0.3;
            for (int number = 0; number < perDay; number++) {
                int hour = random.nextInt(HOURS);
                int origin = random.nextInt(AIRPORTS.size());
                int destination = (origin + 1 + random.nextInt(AIRPORTS.size() - 1)) % AIRPORTS.size();
                boolean late = random.nextDouble() < 0.02 + badDay + 0.05 * origin + 0.01 * hour;
                LocalDateTime date = first.plusDays(day).atTime(hour, random.nextInt(MINUTES));
                long delay = late ? 15 + random.nextInt(100) : random.nextInt(30) - 15;
                flights.add(
                        new Flight(date, delay, 200 + 5L * number, AIRPORTS.get(origin), AIRPORTS.get(destination)));
            }
        }
        return flights;
    }

    static Dataset<Row> frame(List<Flight> flights) {
        List<Row> rows = flights.stream()
                .map(flight -> RowFactory.create(
                        flight.date(), flight.delay(), flight.distance(), flight.origin(), flight.destination()))
                .toList();
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }

    /** The same flights, those that are meant two hours later. */
    static List<Flight> delaying(List<Flight> flights, Predicate<Flight> meant) {
        return flights.stream()
                .map(flight -> meant.test(flight) ? flight.delayedBy(120) : flight)
                .toList();
    }
}
