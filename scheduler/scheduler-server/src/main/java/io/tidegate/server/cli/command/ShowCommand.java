package io.tidegate.server.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.server.cli.client.ApiClient;
import io.tidegate.server.cli.client.RunReferences;
import io.tidegate.server.cli.text.TextTable;
import io.tidegate.server.cli.text.Words;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one run, or one step of it. */
@Command(
        name = "show",
        description = "Show a run and its steps, or one step with everything known of it.",
        mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The run's identifier, the end of it, a DAG's name, or DAG@INTERVAL.")
    private String run;

    @Parameters(index = "1", arity = "0..1", paramLabel = "STEP", description = "A step of the run.")
    private String step;

    @Override
    public Integer call() {
        ApiClient client = server.client();
        String id = RunReferences.resolve(client, run);
        JsonNode answer = client.get("/runs/" + id + (step == null ? "" : "/steps/" + ApiClient.encoded(step)));
        if (server.json()) {
            server.print(answer);
        } else if (step == null) {
            showRun(client, answer);
        } else {
            showStep(answer);
        }
        return 0;
    }

    private void showRun(ApiClient client, JsonNode detail) {
        JsonNode summary = detail.path("summary");
        server.say("@|bold " + summary.path("dag").asText() + "|@ " + Words.text(summary.path("interval"), "partition")
                + "  " + Words.state(summary.path("state").asText()) + "  "
                + Words.between(summary, "started_at", "finished_at"));
        server.say("run " + summary.path("run").asText() + ", version "
                + summary.path("version").asText().substring(0, 12) + ", "
                + (detail.has("caller")
                        ? "started by step " + Words.text(detail.path("caller"), "step") + " of "
                                + Words.text(detail.path("caller"), "dag") + ", run "
                                + Words.text(detail.path("caller"), "run")
                        : summary.path("trigger").asText() + " by " + Words.text(summary, "actor")));
        if (!summary.path("reason").asText().isEmpty()) {
            server.say(Words.clean(summary.path("reason").asText()));
        }
        server.say(client.address() + "/runs/" + summary.path("run").asText());
        server.say("");
        TextTable table = new TextTable("STEP", "KIND", "STATE", "TRIES", "TOOK", "WHY");
        for (JsonNode row : detail.path("steps")) {
            table.row(
                    row.path("step").asText(),
                    row.path("kind").asText(),
                    Words.state(row.path("state").asText()),
                    row.path("attempts").asText(),
                    Words.between(row, "started_at", "finished_at"),
                    progressOrWhy(row));
        }
        server.print(table);
        JsonNode former = detail.path("former_steps");
        if (!former.isEmpty()) {
            server.say("");
            server.say("no longer in this version of the DAG, kept with their attempts: "
                    + String.join(
                            ", ", former.valueStream().map(JsonNode::asText).toList()));
        }
    }

    private static String progressOrWhy(JsonNode row) {
        String progress = StepText.progress(row);
        return progress.isEmpty() ? StepText.why(row) : progress;
    }

    private void showStep(JsonNode detail) {
        JsonNode row = detail.path("step");
        server.say("@|bold " + row.path("step").asText() + "|@ ("
                + row.path("kind").asText() + ")  "
                + Words.state(row.path("state").asText()) + "  " + progressOrWhy(row));
        StepText.findings(row).forEach(server::say);
        StepText.subRun(row).ifPresent(server::say);
        section("Attempts", attempts(detail.path("attempts")));
        section("Pages elsewhere", links(detail.path("attempts")));
        section("Warnings of the cluster", events(detail.path("attempts")));
        section("Reads and writes", uses(detail.path("uses")));
        section("Values", values(detail.path("output_values")));
        section("Metrics", MetricsCommand.table(detail.path("metrics")));
    }

    private void section(String title, TextTable table) {
        if (!table.isEmpty()) {
            server.say("");
            server.say("@|underline " + title + "|@");
            server.print(table);
        }
    }

    private static TextTable attempts(JsonNode attempts) {
        TextTable table =
                new TextTable("TRY", "STATE", "EXECUTOR", "JOB", "STARTED", "TOOK", "EXIT", "FAILURE", "MESSAGE");
        for (JsonNode attempt : attempts) {
            table.row(
                    attempt.path("number").asText(),
                    Words.state(attempt.path("state").asText()),
                    attempt.path("executor").asText(),
                    Words.text(attempt, "external_id"),
                    Words.time(attempt, "started_at"),
                    Words.between(attempt, "started_at", "finished_at"),
                    Words.text(attempt, "exit_code"),
                    Words.text(attempt, "failure"),
                    Words.text(attempt, "message"));
        }
        return table;
    }

    private static TextTable links(JsonNode attempts) {
        TextTable table = new TextTable("TRY", "PAGE", "ADDRESS");
        for (JsonNode attempt : attempts) {
            for (JsonNode link : attempt.path("links")) {
                table.row(attempt.path("number").asText(), Words.text(link, "name"), Words.text(link, "url"));
            }
        }
        return table;
    }

    private static TextTable events(JsonNode attempts) {
        TextTable table = new TextTable("TRY", "TIME", "REASON", "TIMES", "MESSAGE");
        for (JsonNode attempt : attempts) {
            for (JsonNode event : attempt.path("events")) {
                table.row(
                        attempt.path("number").asText(),
                        Words.time(event, "time"),
                        Words.text(event, "reason"),
                        Words.text(event, "count"),
                        Words.text(event, "message"));
            }
        }
        return table;
    }

    private static TextTable values(JsonNode values) {
        TextTable table = new TextTable("NAME", "VALUE");
        values.properties()
                .forEach(value ->
                        table.row(value.getKey(), Words.clean(value.getValue().asText())));
        return table;
    }

    private static TextTable uses(JsonNode uses) {
        TextTable table = new TextTable("", "DATASET", "CLASS", "PARTITION", "ROWS", "FINGERPRINT");
        for (JsonNode use : uses) {
            table.row(
                    use.path("direction").asText(),
                    use.path("dataset").asText(),
                    use.path("data_class").asText(),
                    Words.text(use, "partition"),
                    Words.text(use, "rows"),
                    Words.text(use, "fingerprint"));
        }
        return table;
    }
}
