package io.tidegate.scheduler.resolve;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.scheduler.run.Run;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values of the names a template may use: {@code home}, {@code dag.id}, {@code run.id}, {@code params.NAME}, and for an interval
 * {@code interval.start}, {@code interval.end} (ISO 8601 with offset), {@code interval.start.date}, {@code interval.end.date} (days in the
 * schedule's zone) and {@code interval.partition}. Pure.
 */
public final class TemplateValues implements Function<String, Optional<String>> {
    private static final String PARAMETER = "params.";

    private final String home;
    private final Run run;
    private final Optional<DataInterval> interval;

    private TemplateValues(String home, Run run, Optional<DataInterval> interval) {
        this.home = Objects.requireNonNull(home, "home");
        this.run = run;
        this.interval = interval;
    }

    /**
     * Values for the run's own interval.
     *
     * @param home absolute path of the data home
     */
    public static TemplateValues of(String home, Run run) {
        return new TemplateValues(home, run, run.interval());
    }

    /** The same with another interval in place of the run's. */
    public TemplateValues at(DataInterval other) {
        return new TemplateValues(home, run, Optional.of(other));
    }

    @Override
    public Optional<String> apply(String name) {
        if (name.startsWith(PARAMETER)) {
            return Optional.ofNullable(run.parameters().get(name.substring(PARAMETER.length())));
        }
        return switch (name) {
            case "home" -> Optional.of(home);
            case "dag.id" -> Optional.of(run.version().dag().value());
            case "run.id" -> Optional.of(run.id().toString());
            default -> interval.flatMap(found -> ofInterval(name, found));
        };
    }

    private static Optional<String> ofInterval(String name, DataInterval interval) {
        return switch (name) {
            case "interval.start" -> Optional.of(interval.zonedStart().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
            case "interval.end" -> Optional.of(interval.zonedEnd().format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
            case "interval.start.date" -> Optional.of(interval.startDate().toString());
            case "interval.end.date" ->
                Optional.of(interval.zonedEnd().toLocalDate().toString());
            case "interval.partition" -> Optional.of(interval.partition());
            default -> Optional.empty();
        };
    }
}
