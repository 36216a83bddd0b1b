package io.tidegate.scheduler.subrun;

import io.tidegate.dag.step.OutputReference;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.SubRunStore;
import io.tidegate.scheduler.store.SubRunStore.SubRun;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunViews.EventView;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an attempt that has another DAG run reports: values of that run's steps. Its log is that run's history, a line for each move of the
 * run and its steps; history only grows, so a place in the log stays where it is.
 */
final class SubRunOutput implements AttemptOutput {
    private static final int PAGE = 500;

    private final LaunchKey key;
    private final SubRunStore store;
    private final RunQueries queries;

    SubRunOutput(LaunchKey key, SubRunStore store, RunQueries queries) {
        this.key = key;
        this.store = store;
        this.queries = queries;
    }

    private Optional<SubRun> run() {
        return store.find(List.of(key)).stream().findFirst();
    }

    @Override
    public long logSize() {
        return log().length;
    }

    @Override
    public byte[] readLog(long offset, int maximumBytes) {
        byte[] log = log();
        int from = (int) Math.min(offset, log.length);
        return Arrays.copyOfRange(log, from, (int) Math.min((long) from + maximumBytes, log.length));
    }

    private byte[] log() {
        StringBuilder text = new StringBuilder();
        run().ifPresent(found -> {
            text.append(found.since())
                    .append(" run ")
                    .append(found.run())
                    .append(" of DAG ")
                    .append(found.dag())
                    .append('\n');
            append(found.run(), text);
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(RunId run, StringBuilder text) {
        long after = 0;
        List<EventView> page;
        do {
            page = queries.events(run, after, PAGE);
            for (EventView event : page) {
                if (event.attempt().isEmpty()) {
                    text.append(line(event)).append('\n');
                }
                after = event.id();
            }
        } while (!page.isEmpty());
    }

    private static String line(EventView event) {
        String reason = event.detail().getOrDefault("reason", "");
        return event.at() + " " + event.step().map(step -> step + " ").orElse("")
                + event.type().replace('_', ' ') + (reason.isEmpty() ? "" : ": " + reason);
    }

    @Override
    public InputStream report() {
        StringBuilder report = new StringBuilder();
        run().filter(found -> found.ties().waits()).ifPresent(found -> {
            Map<String, Map<String, String>> known = new HashMap<>();
            new TreeMap<>(found.ties().takes())
                    .forEach((name, taken) -> value(found.run(), taken, known)
                            // Names have no characters that JSON would escape, and values are JSON.
                            .ifPresent(value -> report.append("{\"type\":\"output\",\"name\":\"")
                                    .append(name)
                                    .append("\",\"value\":")
                                    .append(value)
                                    .append("}\n")));
        });
        return new ByteArrayInputStream(report.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> value(RunId run, OutputReference taken, Map<String, Map<String, String>> known) {
        return Optional.ofNullable(
                known.computeIfAbsent(taken.step().value(), step -> queries.outputs(run, taken.step()))
                        .get(taken.name()));
    }
}
