package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists metrics across runs. */
@Command(name = "metrics", description = "List metrics, newest first.", mixinStandardHelpOptions = true)
public final class MetricsCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Option(names = "--dag", paramLabel = "DAG", description = "Only metrics of this DAG.")
    private String dag;

    @Option(names = "--model", paramLabel = "MODEL", description = "Only metrics of this model.")
    private String model;

    @Option(names = "--name", paramLabel = "METRIC", description = "Only this metric, for example log_loss.")
    private String name;

    @Option(names = "--run", paramLabel = "RUN", description = "Only metrics of this run.")
    private String run;

    @Option(names = "--slices", description = "Also metrics of parts of the rows.")
    private boolean slices;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "dag", dag);
        put(query, "model", model);
        put(query, "name", name);
        put(query, "run", run);
        query.put("slices", String.valueOf(slices));
        query.put("limit", String.valueOf(limit));
        JsonNode page = server.client().get("/metrics", query);
        if (server.json()) {
            server.print(page);
        } else {
            server.print(table(page.path("items")));
        }
        return 0;
    }

    private static void put(Map<String, String> query, String name, String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    static TextTable table(JsonNode metrics) {
        TextTable table =
                new TextTable("METRIC", "VALUE", "SAMPLES", "INTERVAL", "STEP", "MODEL", "VERSION", "ROLE", "SLICE");
        for (JsonNode metric : metrics) {
            table.row(
                    Words.text(metric, "name"),
                    Words.number(metric.path("value")),
                    Words.text(metric, "samples"),
                    Words.text(metric, "partition"),
                    Words.text(metric, "step"),
                    Words.text(metric, "model"),
                    Words.text(metric, "model_version"),
                    Words.text(metric, "role"),
                    metric.hasNonNull("slice_column")
                            ? Words.text(metric, "slice_column") + "=" + Words.text(metric, "slice_value")
                            : "-");
        }
        return table;
    }
}
