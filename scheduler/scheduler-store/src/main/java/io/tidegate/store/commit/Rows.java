package io.tidegate.store.commit;

import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.Mark;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.StepRun;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.threshold.ThresholdReading;
import io.tidegate.store.database.Columns;
import io.tidegate.store.pool.DemandDocument;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;

/** Rows as they travel to the database: the names are those of the columns. */
final class Rows {
    private Rows() {}

    record RunRow(
            UUID id,
            String version,
            Map<String, String> parameters,
            RunState state,
            String reason,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt) {
        static RunRow of(Run run) {
            Run.Progress progress = run.progress();
            return new RunRow(
                    run.id().value(),
                    run.version().hash(),
                    run.parameters(),
                    progress.state(),
                    progress.reason(),
                    progress.startedAt(),
                    progress.finishedAt());
        }
    }

    record StepRow(
            UUID run,
            String step,
            StepState state,
            String reason,
            int attempts,
            Map<FailureKind, Integer> spent,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            Optional<Instant> nextAttemptAt,
            Optional<FailureKind> failure,
            Optional<ThresholdReading> reading,
            Optional<GateVerdict> verdict,
            Optional<Mark> mark,
            Optional<Map<String, String>> item) {
        static final Columns<StepRow> COLUMNS = Columns.<StepRow>of("steps")
                .text("run", row -> row.run().toString())
                .text("step", StepRow::step)
                .text("state", row -> row.state().name())
                .text("reason", StepRow::reason)
                .number("attempts", row -> OptionalInt.of(row.attempts()))
                .document("spent", StepRow::spent)
                .optional("started_at", StepRow::startedAt)
                .optional("finished_at", StepRow::finishedAt)
                .optional("next_attempt_at", StepRow::nextAttemptAt)
                .optional("failure", StepRow::failure)
                .optionalDocument("reading", StepRow::reading)
                .optionalDocument("verdict", StepRow::verdict)
                .optionalDocument("mark", StepRow::mark)
                .optionalDocument("item", StepRow::item);

        static StepRow of(UUID run, StepRun step) {
            return new StepRow(
                    run,
                    step.step().value(),
                    step.state(),
                    step.reason(),
                    step.attempts(),
                    step.spent(),
                    step.timing().startedAt(),
                    step.timing().finishedAt(),
                    step.timing().nextAttemptAt(),
                    step.findings().failure(),
                    step.findings().reading(),
                    step.findings().verdict(),
                    step.findings().mark(),
                    Optional.of(step.item()).filter(values -> !values.isEmpty()));
        }
    }

    record ExchangedStepRow(UUID run, String step, boolean former) {
        static Stream<ExchangedStepRow> of(UUID run, Change.StepsExchanged exchanged) {
            return Stream.concat(
                    exchanged.present().stream().map(step -> new ExchangedStepRow(run, step.value(), false)),
                    exchanged.former().stream().map(step -> new ExchangedStepRow(run, step.value(), true)));
        }
    }

    record AttemptRow(
            UUID run,
            String step,
            int number,
            String launchKey,
            String executor,
            Optional<String> externalId,
            Optional<Map<String, String>> jobDetails,
            AttemptState state,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            OptionalInt exitCode,
            Optional<FailureKind> failure,
            String message) {
        static final Columns<AttemptRow> COLUMNS = Columns.<AttemptRow>of("attempts")
                .text("run", row -> row.run().toString())
                .text("step", AttemptRow::step)
                .number("number", row -> OptionalInt.of(row.number()))
                .text("launch_key", AttemptRow::launchKey)
                .text("executor", AttemptRow::executor)
                .optional("external_id", AttemptRow::externalId)
                .optionalDocument("job_details", AttemptRow::jobDetails)
                .text("state", row -> row.state().name())
                .text("created_at", row -> row.createdAt().toString())
                .optional("started_at", AttemptRow::startedAt)
                .optional("finished_at", AttemptRow::finishedAt)
                .number("exit_code", AttemptRow::exitCode)
                .optional("failure", AttemptRow::failure)
                .text("message", AttemptRow::message);

        static AttemptRow of(UUID run, Attempt attempt) {
            Attempt.Outcome outcome = attempt.outcome();
            return new AttemptRow(
                    run,
                    attempt.step().value(),
                    attempt.number(),
                    attempt.key().value(),
                    attempt.executor(),
                    attempt.job().map(ExternalJob::externalId),
                    attempt.job().map(ExternalJob::details),
                    attempt.state(),
                    outcome.createdAt(),
                    outcome.startedAt(),
                    outcome.finishedAt(),
                    outcome.exitCode(),
                    outcome.failure(),
                    outcome.message());
        }

        /** Also within one batch, a result that was accepted stands. */
        AttemptRow followedBy(AttemptRow next) {
            return state.isTerminal() ? this : next;
        }
    }

    record PlacesRow(UUID run, String step, int number, DemandDocument demand) {
        static PlacesRow of(UUID run, Change.PlacesRequested requested) {
            Attempt attempt = requested.attempt();
            return new PlacesRow(run, attempt.step().value(), attempt.number(), DemandDocument.of(requested.demand()));
        }
    }

    record EventRow(
            UUID run, Instant at, Optional<String> step, OptionalInt attempt, String type, Map<String, String> detail) {
        static final Columns<EventRow> COLUMNS = Columns.<EventRow>of("events")
                .text("run", row -> row.run().toString())
                .text("at", row -> row.at().toString())
                .optional("step", EventRow::step)
                .number("attempt", EventRow::attempt)
                .text("type", EventRow::type)
                .document("detail", EventRow::detail);

        static EventRow of(UUID run, Change.EventAppended event) {
            return new EventRow(
                    run,
                    event.at(),
                    event.step().map(step -> step.value()),
                    event.attempt().stream().mapToInt(Integer::intValue).findFirst(),
                    event.type(),
                    event.detail());
        }
    }

    record LineageRow(String reference, String action, Instant at) {
        static LineageRow of(UUID run, Change.LineageAnnounced announced) {
            String event = announced.event().name().toLowerCase(Locale.ROOT);
            String reference = run + "/" + announced.step() + "/" + announced.attempt() + "/" + announced.event();
            return new LineageRow(reference, event, announced.at());
        }
    }

    record AddedRow(UUID run, String step) {}

    record CommandRow(long id, UUID run) {}
}
