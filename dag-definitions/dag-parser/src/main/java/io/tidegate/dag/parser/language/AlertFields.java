package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;
import static io.tidegate.dag.parser.shape.Field.required;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.ListType;
import io.tidegate.dag.parser.shape.ObjectType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/** The fields of an entry of {@code alerts}. */
final class AlertFields {
    private static final Field<List<AlertRule.Event>> ON = required(
            "on",
            ListType.of("a list of events", Notations.words("an event", AlertRule.Event.class, AlertRule.Event::word))
                    .notEmpty()
                    .distinct(),
            "What is told.",
            "on: [step_failed, run_failed, recovered]");
    private static final Field<List<String>> TO = optional(
            "to",
            ListType.of("a list of alert channels", Notations.identifier("channel", Function.identity()))
                    .distinct(),
            "Channels of the server's configuration; the dashboard and the log are told in any case.",
            "to: [ml-oncall]");

    static final ListType<AlertRule> TYPE = ListType.of(
            "a list of alerts",
            ObjectType.of(
                    "alert",
                    "an alert",
                    List.of(ON, TO),
                    values -> values.get(ON)
                            .map(events -> new AlertRule(
                                    new LinkedHashSet<>(events), values.get(TO).orElse(List.of())))));

    private AlertFields() {}
}
