package io.tidegate.store.run;

import io.tidegate.dag.schedule.DataInterval;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.store.RunStore.NewRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A run that is made together with others, as it travels to the database: the names are those of the columns. */
record NewRunRow(
        UUID id,
        String dag,
        String version,
        String triggerKind,
        String triggerKey,
        String actor,
        Optional<Instant> intervalStart,
        Optional<Instant> intervalEnd,
        Optional<String> intervalZone,
        Optional<String> partition,
        Map<String, String> parameters,
        String reason,
        Instant createdAt,
        String overlapPolicy,
        int overlapLimit,
        List<String> steps,
        Map<String, String> detail) {
    static NewRunRow of(NewRun made) {
        Run run = made.run();
        Optional<DataInterval> interval = run.interval();
        return new NewRunRow(
                run.id().value(),
                run.version().dag().value(),
                run.version().hash(),
                run.trigger().kind().name(),
                run.trigger().key(),
                run.trigger().actor(),
                interval.map(DataInterval::start),
                interval.map(DataInterval::end),
                interval.map(found -> found.zone().getId()),
                interval.map(DataInterval::partition),
                run.parameters(),
                run.progress().reason(),
                run.progress().createdAt(),
                made.overlap().policy().name(),
                made.overlap().limit(),
                made.steps().stream().map(StepId::value).toList(),
                PostgresRunStore.creation(run));
    }
}
