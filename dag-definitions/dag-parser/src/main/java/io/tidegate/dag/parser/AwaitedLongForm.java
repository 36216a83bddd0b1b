package io.tidegate.dag.parser;

import io.tidegate.dag.parser.text.Durations;
import io.tidegate.dag.step.Awaited;
import io.tidegate.dag.template.Template;
import java.util.Map;
import java.util.TreeMap;

/** What a sensor waits for as maps, lists and text, in the words of the language. */
final class AwaitedLongForm {
    private AwaitedLongForm() {}

    static void put(Awaited awaited, Map<String, Object> fields) {
        if (awaited instanceof Awaited.SqlRow row) {
            fields.put(
                    "sql",
                    new TreeMap<>(Map.of(
                            "connection",
                            row.connection(),
                            "query",
                            row.query(),
                            "values",
                            row.values().stream().map(Template::source).toList())));
        } else if (awaited instanceof Awaited.HttpAnswer answer) {
            Map<String, Object> http = new TreeMap<>();
            http.put("url", answer.url().source());
            http.put("status", answer.status());
            answer.condition().ifPresent(condition -> http.put("condition", condition));
            fields.put("http", http);
        } else if (awaited instanceof Awaited.DagInterval interval) {
            fields.put("run_of", interval.dag().value());
        } else if (awaited instanceof Awaited.TimeOfDay until) {
            fields.put("until", until.time().toString());
        } else if (awaited instanceof Awaited.Delay until) {
            fields.put("until", Durations.write(until.delay()));
        }
    }
}
