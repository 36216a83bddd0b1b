package io.tidegate.dag.builder;

import io.tidegate.dag.Parameter;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.DagWriter;
import io.tidegate.dag.parser.ParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A DAG that a program makes, where there are a hundred of one pattern and no person writes them. What has no method here is given with
 * {@link #set}, in the words of the language. Names are checked, and everything else, when the DAG is built: as {@code tidegate validate}
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

    /** Runs at the times of a cron expression. */
    public DagBuilder cron(String expression, ZoneId zone, LocalDate start) {
        return schedule("cron", expression).schedule("zone", zone).schedule("start", start);
    }

    /** Runs for intervals of one length. */
    public DagBuilder every(Duration period, ZoneId zone, LocalDate start) {
        return schedule("every", period).schedule("zone", zone).schedule("start", start);
    }

    /** Any field of the schedule: {@code schedule("catchup", "all")}. */
    public DagBuilder schedule(String field, Object value) {
        schedule.put(field, FieldValues.of(value));
        return this;
    }

    /** A parameter that each run must be given. */
    public DagBuilder parameter(String parameter, Parameter.Type type) {
        return entry("params", parameter, Map.of("type", type.word()));
    }

    /** A parameter with the value of a run that is given none. */
    public DagBuilder parameter(String parameter, Parameter.Type type, Object defaultValue) {
        Map<String, Object> declared = new LinkedHashMap<>();
        declared.put("type", type.word());
        declared.put("default", defaultValue);
        return entry("params", parameter, declared);
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
        Map<String, Object> all = new LinkedHashMap<>(fields);
        if (!schedule.isEmpty()) {
            all.put("schedule", schedule);
        }
        all.putAll(sections);
        if (!alerts.isEmpty()) {
            all.put("alerts", alerts);
        }
        ParseResult result = DagParser.parse(name + SUFFIX, DagWriter.write(all));
        return result.graph().orElseThrow(() -> new InvalidDagException(result.problems()));
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
