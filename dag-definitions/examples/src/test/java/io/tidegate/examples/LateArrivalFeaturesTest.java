package io.tidegate.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidegate.examples.Flights.Flight;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LateArrivalFeaturesTest {
    private static final LocalDate HISTORY = LocalDate.of(2001, 1, 1);
    private static final LocalDate FIRST = LocalDate.of(2001, 1, 15);
    private static final LocalDate END = LocalDate.of(2001, 1, 22);
    private static final LocalDate TURN = LocalDate.of(2001, 1, 18);

    private static Dataset<Row> features(List<Flight> flights) {
        return LateArrivalFeatures.of(Flights.frame(flights), FIRST, END, 15);
    }

    /** What the model may see of the flights of some days, in an order of its own. */
    private static List<String> seen(List<Flight> flights, LocalDate from, LocalDate to) {
        Dataset<Row> features = features(flights);
        String[] columns = Arrays.stream(features.columns())
                .filter(column -> !column.equals("late"))
                .toArray(String[]::new);
        return features
                .where("to_date(date) >= DATE'" + from + "' AND to_date(date) <= DATE'" + to + "'")
                .selectExpr(columns)
                .collectAsList()
                .stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    @Test
    void nothingOfTheFlightsOwnDayOrLaterGoesIn() {
        for (long seed = 1; seed <= 3; seed++) {
            List<Flight> flights = Flights.made(HISTORY, 21, 60, seed);
            List<String> before = seen(flights, FIRST, TURN);
            assertThat(before).hasSize(4 * 60);
            List<Flight> late =
                    Flights.delaying(flights, flight -> !flight.day().isBefore(TURN));
            assertThat(seen(late, FIRST, TURN))
                    .as("delays on the day or later, seed " + seed)
                    .isEqualTo(before);
            List<Flight> fewer = flights.stream()
                    .filter(flight -> !flight.day().isAfter(TURN))
                    .toList();
            assertThat(seen(fewer, FIRST, TURN))
                    .as("flights of later days, seed " + seed)
                    .isEqualTo(before);
            List<Flight> more = new ArrayList<>(flights);
            more.addAll(Flights.made(TURN, 4, 30, seed + 100));
            assertThat(seen(more, FIRST, TURN))
                    .as("more flights on the day or later, seed " + seed)
                    .containsAll(before);
            // The same change does show on the days after, so that the test would notice.
            assertThat(seen(late, TURN.plusDays(1), END)).isNotEqualTo(seen(flights, TURN.plusDays(1), END));
        }
    }

    @Test
    void theLabelIsTheOnlyThingTakenFromTheFlightsOwnDelay() {
        List<Flight> flights = Flights.made(HISTORY, 21, 20, 7);
        Flight last = flights.get(flights.size() - 1);
        List<Flight> changed = Flights.delaying(flights, flight -> flight.equals(last));
        assertThat(seen(changed, FIRST, END)).isEqualTo(seen(flights, FIRST, END));
        assertThat(features(flights).where("late = 1").count()).isNotZero();
    }

    @Test
    void sharesAreAsWorkedOutByHand() {
        List<Flight> flights = new ArrayList<>();
        // Yesterday two of four flights were late, one of the two from Atlanta; ten days ago one of one, to Seattle.
        flights.add(flight("2001-01-14T08:00", 60, "ATL", "ORD"));
        flights.add(flight("2001-01-14T09:00", 0, "ATL", "LAX"));
        flights.add(flight("2001-01-14T10:00", 15, "ORD", "LAX"));
        flights.add(flight("2001-01-14T11:00", 14, "ORD", "LAX"));
        flights.add(flight("2001-01-05T11:00", 90, "ORD", "SEA"));
        flights.add(flight("2001-01-15T06:30", 5, "ATL", "SEA"));
        Row row = features(flights).first();
        assertThat(row.<Double>getAs("network_late_1")).isEqualTo(2 / 4.0);
        assertThat(row.<Double>getAs("network_late_3")).isEqualTo(2 / 4.0);
        assertThat(row.<Double>getAs("network_late_14")).isEqualTo(3 / 5.0);
        assertThat(row.<Double>getAs("origin_late_1")).isCloseTo((1 + 50 * 0.5) / (2 + 50), within(1e-12));
        assertThat(row.<Double>getAs("destination_late_3")).isCloseTo(0.5, within(1e-12));
        assertThat(row.<Double>getAs("destination_late_14")).isCloseTo((1 + 50 * 0.6) / (1 + 50), within(1e-12));
        assertThat(row.<Integer>getAs("hour")).isEqualTo(6);
        assertThat(row.<Integer>getAs("weekday")).isZero();
        assertThat(row.<Integer>getAs("history_days")).isEqualTo(2);
        assertThat(row.<Integer>getAs("late")).isZero();
    }

    @Test
    void withoutHistorySharesAreUnknownButThere() {
        Row row =
                features(List.of(flight("2001-01-15T06:30", 15, "ATL", "SEA"))).first();
        assertThat(row.<Double>getAs("network_late_14")).isEqualTo(0.2);
        assertThat(row.<Double>getAs("origin_late_1")).isCloseTo(0.2, within(1e-12));
        assertThat(row.<Integer>getAs("history_days")).isZero();
        assertThat(row.<Integer>getAs("late")).isEqualTo(1);
    }

    private static Flight flight(String date, long delay, String origin, String destination) {
        return new Flight(java.time.LocalDateTime.parse(date), delay, 500, origin, destination);
    }
}
