package io.tidegate.server.report;

import io.tidegate.scheduler.report.StepReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects entries up to a limit. Not thread-safe. */
final class ReportBuilder {
    /** Most characters all output values of a step may have together. */
    static final int MOST_OUTPUT_BYTES = 64 * 1024;

    private final int mostEntries;
    private final int mostProblems;
    private final List<StepReport.Metric> metrics = new ArrayList<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final List<StepReport.DatasetUse> datasets = new ArrayList<>();
    private final List<StepReport.RegisteredModel> models = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int entries;
    private int outputBytes;

    ReportBuilder(int mostEntries, int mostProblems) {
        this.mostEntries = mostEntries;
        this.mostProblems = mostProblems;
    }

    void metric(StepReport.Metric metric) {
        count();
        metrics.add(metric);
    }

    void parameter(String name, String value) {
        count();
        parameters.put(name, value);
    }

    /** A value that is reported again takes the place of the former one. */
    void output(String name, String json) {
        count();
        int bytes = bytes(json);
        int others = outputBytes
                - Optional.ofNullable(outputs.get(name))
                        .map(ReportBuilder::bytes)
                        .orElse(0);
        if (others + bytes > MOST_OUTPUT_BYTES) {
            throw new ReportEntryException("output '" + name + "' has " + bytes
                    + " bytes; all outputs of a step together may have " + MOST_OUTPUT_BYTES
                    + ". Write large values to a dataset");
        }
        outputBytes = others + bytes;
        outputs.put(name, json);
    }

    private static int bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    void dataset(StepReport.DatasetUse use) {
        count();
        datasets.add(use);
    }

    void model(StepReport.RegisteredModel model) {
        count();
        models.add(model);
    }

    void problem(int line, String problem) {
        if (problems.size() < mostProblems) {
            problems.add("report line " + line + ": " + problem);
        } else if (problems.size() == mostProblems) {
            problems.add("further problems are not listed");
        }
    }

    private void count() {
        if (++entries > mostEntries) {
            throw new ReportEntryException("a step may report " + mostEntries + " entries; this one is beyond");
        }
    }

    StepReport build() {
        return new StepReport(metrics, parameters, outputs, datasets, models, problems);
    }
}
