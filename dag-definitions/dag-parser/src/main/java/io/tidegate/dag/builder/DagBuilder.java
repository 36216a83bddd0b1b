package io.tidegate.dag.builder;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.DagWriter;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.schedule.Catchup;
import io.tidegate.dag.step.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A DAG that a program makes, where there are a hundred of one pattern and no person writes them. Methods are called as the fields of the
 * language are; {@link #set} gives any field by its name. Names are checked, and everything else, when the DAG is built: as {@code tidegate validate}
 * would, all problems at once. Not thread-safe.
 */
public final class DagBuilder {
    private static final String SUFFIX = ".dag.yaml";

    private final String name;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Object> schedule = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
    private final List<Object> alerts = new ArrayList<>();

    private DagBuilder(String name) {
        this.name = name;
        set("dag", name);
    }

    public static DagBuilder dag(String name) {
        return new DagBuilder(name);
    }

    public DagBuilder title(String title) {
        return set("title", title);
    }

    public DagBuilder owner(String owner) {
        return set("owner", owner);
    }

    public DagBuilder tags(String... tags) {
        return set("tags", List.of(tags));
    }

    public DagBuilder description(String description) {
        return set("description", description);
    }

    /** Runs at the times of a cron expression. */
    public DagBuilder cron(String expression, ZoneId zone, LocalDate start) {
        return schedule("cron", expression).schedule("zone", zone).schedule("start", start);
    }

    /** Runs for intervals of one length. */
    public DagBuilder every(Duration period, ZoneId zone, LocalDate start) {
        return schedule("every", period).schedule("zone", zone).schedule("start", start);
    }

    /** Runs once for each date; the first run's interval begins with the start. */
    public DagBuilder dates(ZoneId zone, LocalDate start, LocalDateTime... dates) {
        return schedule("dates", List.of(dates)).schedule("zone", zone).schedule("start", start);
    }

    /** The day from which on no interval starts. */
    public DagBuilder end(LocalDate end) {
        return schedule("end", end);
    }

    /** Days on which nothing is due, and ranges of them: {@code 2001-12-24..2002-01-01}. */
    public DagBuilder exclude(String... days) {
        return schedule("exclude", List.of(days));
    }

    /** What becomes of intervals that passed unnoticed. */
    public DagBuilder catchup(Catchup.Mode mode) {
        return schedule("catchup", mode.name().toLowerCase(Locale.ROOT));
    }

    /** Of the intervals that passed unnoticed the newest run, one after the other with a pause from start to start. */
    public DagBuilder catchup(int limit, Duration spread) {
        return schedule("catchup", Map.of("mode", "all", "limit", limit, "spread", spread));
    }

    /** What happens when a run is due while another is going: {@code queue}, {@code parallel(4)}. */
    public DagBuilder overlap(String rule) {
        return schedule("overlap", rule);
    }

    /**
     * Each interval runs when data of other DAGs is there.
     *
     * @param data {@code DAG.DATASET}, or {@code Map.of("any", List.of(...))}; all of them are waited for
     */
    public DagBuilder afterDatasets(Object... data) {
        return schedule("datasets", List.of(data));
    }

    /** Any field of the schedule by its name. */
    public DagBuilder schedule(String field, Object value) {
        schedule.put(field, FieldValues.of(value));
        return this;
    }

    /** A parameter that each run must be given. */
    public DagBuilder parameter(String parameter, Parameter.Type type) {
        return entry("params", parameter, Map.of("type", type.word()));
    }

    /** A parameter with the value of a run that is given none: text, a number, a boolean, a date, a duration or a list. */
    public DagBuilder parameter(String parameter, Parameter.Type type, Object defaultValue) {
        Map<String, Object> declared = new LinkedHashMap<>();
        declared.put("type", type.word());
        declared.put("default", defaultValue);
        return entry("params", parameter, declared);
    }

    /**
     * A parameter with bounds.
     *
     * @param more fields besides its type: {@code default}, {@code min}, {@code max}, {@code pattern}, {@code choices}, {@code description}
     */
    public DagBuilder parameter(String parameter, Parameter.Type type, Map<String, ?> more) {
        Map<String, Object> declared = new LinkedHashMap<>();
        declared.put("type", type.word());
        declared.putAll(more);
        return entry("params", parameter, declared);
    }

    /** A secret in a variable of the server's environment. */
    public DagBuilder secretOfEnvironment(String secret, String variable) {
        return entry("secrets", secret, Map.of("environment", variable));
    }

    /** A secret in a file of the server's machine. */
    public DagBuilder secretOfFile(String secret, String file) {
        return entry("secrets", secret, Map.of("file", file));
    }

    /** A secret that Kubernetes keeps. */
    public DagBuilder secretOfKubernetes(String secret, String name, String key) {
        return entry("secrets", secret, Map.of("kubernetes", Map.of("secret", name, "key", key)));
    }

    /** Jars with classes for built-in steps, by their paths from the DAG's folder. */
    public DagBuilder libraries(String... jars) {
        return set("libraries", List.of(jars));
    }

    /** What steps have that do not say otherwise, by the names of the fields: {@code Map.of("timeout", "20m", "pool", "warehouse")}. */
    public DagBuilder defaults(Map<String, ?> fields) {
        return set("defaults", fields);
    }

    /** How many attempts of its steps may work at the same time, over all its runs. */
    public DagBuilder stepsAtOnce(int attempts) {
        return set("steps_at_once", attempts);
    }

    /** By when each run must have ended, from its start; if not, people are told. */
    public DagBuilder deadline(Duration after) {
        return set("deadline", after);
    }

    public DagBuilder deadline(Duration after, Deadline.From from, Deadline.Then then) {
        return set("deadline", StepBuilder.deadlineOf(after, from, then));
    }

    /** @param uri where one partition lies, such as <code>{{ home }}/raw/{{ interval.start.date }}</code> */
    public DagBuilder dataset(String dataset, DataClass dataClass, String format, String uri) {
        Map<String, Object> declared = new LinkedHashMap<>();
        declared.put("class", dataClass);
        declared.put("format", format);
        declared.put("uri", uri);
        return entry("datasets", dataset, declared);
    }

    public DagBuilder model(String model, String target) {
        return entry("models", model, Map.of("target", target));
    }

    /** Adds a step. Steps stand in the file in the order in which they were added. */
    public DagBuilder step(String step, StepBuilder builder) {
        return entry("steps", step, builder.fields());
    }

    /** Tells channels about events, both by their words. */
    public DagBuilder alert(List<String> events, List<String> channels) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("on", List.copyOf(events));
        alert.put("to", List.copyOf(channels));
        alerts.add(alert);
        return this;
    }

    /**
     * Any field of the top of a DAG file.
     *
     * @param value text, a number, a boolean, a duration, a date, or a list or map of these
     * @throws IllegalArgumentException for a value of another sort
     */
    public DagBuilder set(String field, Object value) {
        fields.put(field, FieldValues.of(value));
        return this;
    }

    /**
     * An entry of a section whose entries have names.
     *
     * @throws IllegalArgumentException when the section has one of that name already
     */
    private DagBuilder entry(String section, String entry, Object value) {
        Object before = sections.computeIfAbsent(section, key -> new LinkedHashMap<>())
                .putIfAbsent(entry, FieldValues.of(value));
        if (before != null) {
            throw new IllegalArgumentException(section + " of DAG " + name + " has '" + entry + "' already");
        }
        return this;
    }

    /**
     * The DAG, checked. Files that it names are taken to be there.
     *
     * @throws InvalidDagException when anything is wrong with it
     */
    public DagGraph build() {
        ParseResult result = DagParser.parse(name + SUFFIX, DagWriter.write(fields()));
        return result.graph().orElseThrow(() -> new InvalidDagException(result.problems()));
    }

    Map<String, Object> fields() {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        if (!schedule.isEmpty()) {
            all.put("schedule", schedule);
        }
        all.putAll(sections);
        if (!alerts.isEmpty()) {
            all.put("alerts", alerts);
        }
        return all;
    }

    /**
     * The text of a DAG file: the long form, with every default written out.
     *
     * @throws InvalidDagException when anything is wrong with the DAG
     */
    public String write() {
        return DagWriter.write(build().definition());
    }

    /**
     * Writes the DAG file, named after the DAG, into a folder.
     *
     * @throws InvalidDagException when anything is wrong with the DAG; nothing is written then
     * @throws IOException when the file cannot be written
     */
    public Path writeTo(Path folder) throws IOException {
        String text = write();
        return Files.writeString(folder.resolve(name + SUFFIX), text);
    }
}
