package io.tidegate.store.query;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.dag.data.DataClass;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.JobEvent;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.run.Mark;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.threshold.ThresholdReading;
import io.tidegate.scheduler.view.JobLinks;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.store.database.Row;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Views of runs, steps and attempts from rows. */
final class RunViewRows {
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};
    private static final TypeReference<ThresholdReading> READING = new TypeReference<>() {};
    private static final TypeReference<GateVerdict> VERDICT = new TypeReference<>() {};
    private static final TypeReference<Mark> MARK = new TypeReference<>() {};
    private static final TypeReference<List<String>> LINES = new TypeReference<>() {};

    private RunViewRows() {}

    static RunViews.Summary summary(Row row) throws SQLException {
        String id = row.uuid("id").toString();
        String subject = "run " + id;
        Optional<RunViews.Interval> interval =
                row.optionalInstant("interval_start").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RunViews.Interval(
                                row.instant("interval_start"), row.instant("interval_end"), row.text("partition")));
        return new RunViews.Summary(
                id,
                row.text("dag"),
                row.text("version"),
                row.word("state", RunState.class, subject),
                row.word("trigger_kind", TriggerKind.class, subject),
                row.text("actor"),
                interval,
                row.texts("parameters", subject),
                row.instant("created_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"),
                row.text("reason"),
                counts(row.document("steps", COUNTS, subject).orElse(Map.of())));
    }

    /** Steps in a state this version does not know are not counted. */
    private static Map<StepState, Integer> counts(Map<String, Integer> byWord) {
        Map<StepState, Integer> counts = new EnumMap<>(StepState.class);
        for (StepState state : StepState.values()) {
            Integer count = byWord.get(state.name());
            if (count != null) {
                counts.put(state, count);
            }
        }
        return counts;
    }

    static RunViews.Step step(RunId run, Row row) throws SQLException {
        String step = row.text("step");
        String subject = "step " + step + " of run " + run;
        return new RunViews.Step(
                step,
                "",
                "",
                row.word("state", StepState.class, subject),
                row.text("reason"),
                row.integer("attempts"),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"),
                row.optionalInstant("next_attempt_at"),
                row.optionalWord("failure", FailureKind.class, subject),
                row.document("reading", READING, subject),
                row.document("verdict", VERDICT, subject),
                Optional.empty(),
                Optional.empty(),
                row.document("mark", MARK, subject),
                List.of(),
                List.of(),
                Optional.of(row.texts("item", subject)).filter(values -> !values.isEmpty()),
                Optional.empty(),
                List.of());
    }

    static RunViews.SubRun subRun(Row row) throws SQLException {
        String id = row.uuid("id").toString();
        String subject = "run " + id;
        return new RunViews.SubRun(
                id,
                row.text("dag"),
                row.word("state", RunState.class, subject),
                row.document("failed", LINES, subject).orElse(List.of()),
                counts(row.document("steps", COUNTS, subject).orElse(Map.of())));
    }

    static RunViews.AttemptView attempt(RunId run, StepId step, Row row) throws SQLException {
        int number = row.integer("number");
        String subject = "attempt " + number + " of step " + step + " of run " + run;
        Map<String, String> details = row.texts("job_details", subject);
        return new RunViews.AttemptView(
                number,
                row.text("launch_key"),
                row.text("executor"),
                row.word("state", AttemptState.class, subject),
                row.optionalText("external_id"),
                row.instant("created_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"),
                row.optionalInteger("exit_code"),
                row.optionalWord("failure", FailureKind.class, subject),
                row.text("message"),
                row.document("problems", LINES, subject).orElse(List.of()),
                Optional.empty(),
                JobLinks.of(details),
                JobEvent.of(details));
    }

    static RunViews.UseView use(Row row) throws SQLException {
        return new RunViews.UseView(
                row.text("direction").toLowerCase(Locale.ROOT),
                row.text("dataset"),
                row.word("data_class", DataClass.class, "a use of dataset " + row.text("dataset"))
                        .word(),
                row.text("partition"),
                row.text("uri"),
                row.optionalText("fingerprint"),
                row.optionalNumber("row_count"),
                row.optionalNumber("byte_count"),
                row.integer("attempt"));
    }

    static RunViews.EventView event(Row row) throws SQLException {
        long id = row.number("id");
        return new RunViews.EventView(
                id,
                row.instant("at"),
                row.optionalText("step"),
                row.optionalInteger("attempt"),
                row.text("type"),
                row.texts("detail", "event " + id));
    }

    static RunViews.MetricView metric(Row row) throws SQLException {
        return new RunViews.MetricView(
                row.text("name"),
                row.decimal("value"),
                row.number("samples"),
                row.text("dag"),
                row.uuid("run").toString(),
                row.text("step"),
                row.integer("attempt"),
                row.optionalText("partition"),
                row.optionalText("dataset"),
                row.optionalText("model"),
                row.optionalInteger("model_version"),
                row.optionalText("role").map(role -> role.toLowerCase(Locale.ROOT)),
                row.optionalText("slice_column"),
                row.optionalText("slice_value"),
                row.instant("at"));
    }
}
