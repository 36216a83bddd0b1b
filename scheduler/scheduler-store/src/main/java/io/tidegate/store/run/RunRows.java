package io.tidegate.store.run;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.run.Mark;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.run.Trigger;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.threshold.ThresholdReading;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** A run, its steps and their newest attempts, from rows. */
final class RunRows {
    private static final String LOAD_RUNS = "SELECT * FROM run WHERE id = ANY (:runs)";
    private static final String LOAD_STEPS = "SELECT * FROM step_run WHERE run = ANY (:runs)";
    private static final String LOAD_ATTEMPTS = Sql.of(RunRows.class, "load_attempts");
    private static final TypeReference<Map<FailureKind, Integer>> SPENT = new TypeReference<>() {};
    private static final TypeReference<ThresholdReading> READING = new TypeReference<>() {};
    private static final TypeReference<GateVerdict> VERDICT = new TypeReference<>() {};
    private static final TypeReference<Mark> MARK = new TypeReference<>() {};

    private RunRows() {}

    /** Those that are there. */
    static Map<RunId, RunSnapshot> load(Handle handle, Collection<RunId> ids) {
        UUID[] wanted = ids.stream().map(RunId::value).toArray(UUID[]::new);
        Map<UUID, Map<StepId, StepRun>> steps = new HashMap<>();
        rows(handle, LOAD_STEPS, wanted, row -> {
            UUID run = row.uuid("run");
            StepRun step = step(row, run);
            return steps.computeIfAbsent(run, first -> new HashMap<>()).put(step.step(), step);
        });
        Map<UUID, Map<StepId, Attempt>> attempts = new HashMap<>();
        rows(handle, LOAD_ATTEMPTS, wanted, row -> {
            UUID run = row.uuid("run");
            Attempt attempt = attempt(row, run);
            return attempts.computeIfAbsent(run, first -> new HashMap<>()).put(attempt.step(), attempt);
        });
        Map<RunId, RunSnapshot> loaded = new HashMap<>();
        for (Run run : rows(handle, LOAD_RUNS, wanted, RunRows::run)) {
            UUID id = run.id().value();
            loaded.put(
                    run.id(),
                    RunSnapshot.of(run, steps.getOrDefault(id, Map.of()), attempts.getOrDefault(id, Map.of())));
        }
        return loaded;
    }

    private static <T> List<T> rows(Handle handle, String sql, UUID[] runs, Row.Reader<T> reader) {
        return handle.createQuery(sql)
                .bind("runs", runs)
                .map(Row.reading(reader))
                .list();
    }

    private static Run run(Row row) throws SQLException {
        RunId id = new RunId(row.uuid("id"));
        String subject = "run " + id;
        Optional<DataInterval> interval = row.optionalInstant("interval_start").isEmpty()
                ? Optional.empty()
                : Optional.of(new DataInterval(
                        row.instant("interval_start"),
                        row.instant("interval_end"),
                        ZoneId.of(row.text("interval_zone"))));
        return new Run(
                id,
                new DagVersionId(new DagId(row.text("dag")), row.text("version")),
                new Trigger(
                        row.word("trigger_kind", TriggerKind.class, subject),
                        row.text("trigger_key"),
                        row.text("actor")),
                interval,
                row.texts("parameters", subject),
                new Run.Progress(
                        row.word("state", RunState.class, subject),
                        row.instant("created_at"),
                        row.optionalInstant("started_at"),
                        row.optionalInstant("finished_at"),
                        row.text("reason")));
    }

    private static StepRun step(Row row, UUID run) throws SQLException {
        StepId step = new StepId(row.text("step"));
        String subject = "step " + step + " of run " + run;
        return new StepRun(
                step,
                row.word("state", StepState.class, subject),
                row.text("reason"),
                row.integer("attempts"),
                row.document("spent", SPENT, subject).orElse(Map.of()),
                new StepRun.Timing(
                        row.optionalInstant("started_at"),
                        row.optionalInstant("finished_at"),
                        row.optionalInstant("next_attempt_at")),
                new StepRun.Findings(
                        row.optionalWord("failure", FailureKind.class, subject),
                        row.document("reading", READING, subject),
                        row.document("verdict", VERDICT, subject),
                        row.document("mark", MARK, subject)),
                row.texts("item", subject));
    }

    private static Attempt attempt(Row row, UUID run) throws SQLException {
        StepId step = new StepId(row.text("step"));
        int number = row.integer("number");
        String subject = "attempt " + number + " of step " + step + " of run " + run;
        LaunchKey key = new LaunchKey(row.text("launch_key"));
        Map<String, String> details = row.texts("job_details", subject);
        return new Attempt(
                step,
                number,
                key,
                row.text("executor"),
                row.optionalText("external_id").map(external -> new ExternalJob(key, external, details)),
                row.word("state", AttemptState.class, subject),
                new Attempt.Outcome(
                        row.instant("created_at"),
                        row.optionalInstant("started_at"),
                        row.optionalInstant("finished_at"),
                        row.optionalInt("exit_code"),
                        row.optionalWord("failure", FailureKind.class, subject),
                        row.text("message")));
    }
}
