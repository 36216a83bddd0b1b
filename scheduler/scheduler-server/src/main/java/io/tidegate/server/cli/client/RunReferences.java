package io.tidegate.server.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the run people mean: its full identifier, the end of it, a DAG's name for its newest run, or {@code DAG@INTERVAL}. */
public final class RunReferences {
    private static final Pattern FULL = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int SHORTEST_ENDING = 4;

    private RunReferences() {}

    /**
     * The run's full identifier.
     *
     * @throws CommandException when nothing, or more than one run, is meant
     */
    public static String resolve(ApiClient client, String reference) {
        if (FULL.matcher(reference).matches()) {
            return reference;
        }
        int at = reference.indexOf('@');
        Map<String, String> query = new LinkedHashMap<>();
        query.put("limit", "500");
        if (at > 0) {
            query.put("dag", reference.substring(0, at));
        }
        JsonNode runs = client.get("/runs", query).path("items");
        for (JsonNode run : runs) {
            if (means(run, reference, at)) {
                return run.path("run").asText();
            }
        }
        throw new CommandException(
                ExitCodes.NOT_FOUND,
                "no run is meant by '" + reference
                        + "'; give its identifier, the end of it, a DAG's name for its newest run, or DAG@INTERVAL");
    }

    private static boolean means(JsonNode run, String reference, int at) {
        if (at > 0) {
            String partition = run.path("interval").path("partition").asText();
            String asked = reference.substring(at + 1);
            // The day names the interval also where intervals do not start at midnight.
            return partition.equals(asked) || partition.startsWith(asked + "T");
        }
        return run.path("dag").asText().equals(reference)
                || (reference.length() >= SHORTEST_ENDING
                        && run.path("run").asText().endsWith(reference));
    }
}
