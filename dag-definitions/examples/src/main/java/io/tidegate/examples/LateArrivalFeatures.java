package io.tidegate.examples;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import io.tidegate.steps.transform.Transformation;
import io.tidegate.steps.transform.TransformationInputs;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is known of a flight before the day it leaves: when and how far it goes, and how late flights of its two airports and of the whole
 * network were on the days before. Nothing of the flight's own day or later goes in.
 *
 * <p>The late share of an airport is drawn towards the network's of the same days, as if {@value #PULL} flights more had been as late as
 * the network: small airports have few flights. An origin is judged by its departures, a destination by its arrivals.
 */
public final class LateArrivalFeatures implements Transformation {
    /** Stretches of days before the flight's day over which late shares are taken. */
    static final List<Integer> STRETCHES = List.of(1, 3, 14);

    private static final int LONGEST_STRETCH = 14;

    /** Flights of the network's lateness that each airport's share is mixed with. */
    private static final int PULL = 50;

    /** Stands in for the network's late share where there is no earlier day at all: on the first day of the data. */
    private static final double UNKNOWN_SHARE = 0.2;

    private static final long DEFAULT_LATE_MINUTES = 15;

    @Override
    public Dataset<Row> apply(TransformationInputs inputs) {
        return of(
                inputs.dataset("clean_flights"),
                inputs.interval().firstDay(),
                inputs.interval().endDay(),
                inputs.integer("late_minutes", DEFAULT_LATE_MINUTES));
    }

    /**
     * The features of the flights of some days.
     *
     * @param flights flights of these days and of the days before them: date, delay, distance, origin, destination
     * @param first first day whose flights get features
     * @param end first day whose flights do not
     * @param lateMinutes from which delay on a flight is late
     */
    public static Dataset<Row> of(Dataset<Row> flights, LocalDate first, LocalDate end, long lateMinutes) {
        Dataset<Row> labelled = flights.withColumn("day", to_date(col("date")))
                .withColumn("late", col("delay").geq(lateMinutes).cast("int"));
        Dataset<Row> origins = history(labelled, "origin", first, end);
        Dataset<Row> destinations = history(labelled, "destination", first, end);
        Dataset<Row> joined = labelled.where(
                        col("day").geq(lit(first)).and(col("day").lt(lit(end))))
                .join(broadcast(network(labelled, first, end)), to("day"), "left")
                .join(broadcast(origins), to("day", "origin"), "left")
                .join(broadcast(destinations), to("day", "destination"), "left");
        List<Column> columns = new ArrayList<>(List.of(
                col("date"),
                col("origin"),
                col("destination"),
                col("distance"),
                hour(col("date")).as("hour"),
                weekday(col("date")).as("weekday")));
        for (int days : STRETCHES) {
            columns.add(networkShare(days).as("network_late_" + days));
            columns.add(share("origin", days).as("origin_late_" + days));
            columns.add(share("destination", days).as("destination_late_" + days));
        }
        columns.add(coalesce(col("history_days"), lit(0L)).cast("int").as("history_days"));
        columns.add(col("late"));
        return joined.select(columns.toArray(Column[]::new));
    }

    /** For each day that is asked for and each airport in one role: flights and late flights in the stretches before that day. */
    private static Dataset<Row> history(Dataset<Row> labelled, String role, LocalDate first, LocalDate end) {
        Dataset<Row> daily = labelled.groupBy("day", role)
                .agg(count(lit(1)).as("flights"), sum("late").as("late"));
        List<Column> sums = stretches(role);
        return onLaterDays(daily, first, end)
                .groupBy(col("later").as("day"), col(role))
                .agg(sums.get(0), tail(sums));
    }

    private static Dataset<Row> network(Dataset<Row> labelled, LocalDate first, LocalDate end) {
        Dataset<Row> daily = labelled.groupBy("day")
                .agg(count(lit(1)).as("flights"), sum("late").as("late"));
        List<Column> sums = new ArrayList<>(stretches("network"));
        sums.add(count(lit(1)).as("history_days"));
        return onLaterDays(daily, first, end).groupBy(col("later").as("day")).agg(sums.get(0), tail(sums));
    }

    /** Each day's counts once for each of the days after it that they are history of: never for the day itself. */
    private static Dataset<Row> onLaterDays(Dataset<Row> daily, LocalDate first, LocalDate end) {
        Column after = explode(sequence(date_add(col("day"), 1), date_add(col("day"), LONGEST_STRETCH)));
        return daily.withColumn("later", after)
                .where(col("later").geq(lit(first)).and(col("later").lt(lit(end))));
    }

    private static List<Column> stretches(String role) {
        List<Column> sums = new ArrayList<>();
        for (int days : STRETCHES) {
            Column recent = datediff(col("later"), col("day")).leq(days);
            sums.add(sum(when(recent, col("flights"))).as(role + "_flights_" + days));
            sums.add(sum(when(recent, col("late"))).as(role + "_late_count_" + days));
        }
        return sums;
    }

    private static Column networkShare(int days) {
        return coalesce(col("network_late_count_" + days).divide(col("network_flights_" + days)), lit(UNKNOWN_SHARE));
    }

    private static Column share(String role, int days) {
        Column flights = coalesce(col(role + "_flights_" + days), lit(0L));
        Column late = coalesce(col(role + "_late_count_" + days), lit(0L));
        return late.plus(networkShare(days).multiply(PULL)).divide(flights.plus(PULL));
    }

    private static String[] to(String... columns) {
        return columns;
    }

    private static Column[] tail(List<Column> columns) {
        return columns.subList(1, columns.size()).toArray(Column[]::new);
    }
}
