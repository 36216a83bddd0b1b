package io.tidegate.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.progress.RunningAttempt;
import io.tidegate.scheduler.report.StepReport;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.RunState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.view.Page;
import io.tidegate.scheduler.view.RunQueries;
import io.tidegate.scheduler.view.RunQueries.MetricFilter;
import io.tidegate.scheduler.view.RunViews;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs as people see them. */
final class RunQueriesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final RunQueries queries = POSTGRES.stores().runQueries();
    private final Sample sample = new Sample(POSTGRES.stores());

    @Test
    void pagesOfRunsJoinToTheWholeListNewestFirst() {
        DagId dag = sample.dag();
        List<String> newestFirst = new ArrayList<>();
        for (int week = 0; week < 7; week++) {
            newestFirst.add(0, sample.create(dag, week, "a").toString());
            sample.create(sample.dag(), week, "a");
        }
        List<String> read = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<RunViews.Summary> page = queries.runs(Optional.of(dag.value()), Optional.empty(), after, 3);
            page.items().forEach(run -> read.add(run.run()));
            after = page.next();
        } while (after.isPresent());
        assertThat(read).isEqualTo(newestFirst);
        assertThat(queries.runs(Optional.empty(), Optional.empty(), Optional.empty(), 7)
                        .items())
                .hasSize(7);
        assertThatThrownBy(() -> queries.runs(Optional.empty(), Optional.empty(), Optional.of("x"), 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'x' is not the 'next' of a page");
    }

    @Test
    void runsAreFoundByState() {
        DagId dag = sample.dag();
        RunId waiting = sample.create(dag, 1, "a");
        sample.own(dag, 0, "a");
        POSTGRES.execute(
                "UPDATE run SET state = 'FAILED', owner = NULL WHERE dag = '" + dag + "' AND id <> '" + waiting + "'");
        assertThat(queries.runs(Optional.of(dag.value()), Optional.of(RunState.QUEUED), Optional.empty(), 10)
                        .items())
                .extracting(RunViews.Summary::run)
                .containsExactly(waiting.toString());
        assertThat(queries.runs(Optional.empty(), Optional.of(RunState.FAILED), Optional.empty(), 10)
                        .items())
                .allMatch(run -> run.state() == RunState.FAILED)
                .isNotEmpty();
    }

    @Test
    void whatWaitsAndWhatIsUnfinishedIsToldOfManyDagsAtOnce() {
        DagId waits = sample.dag();
        DagId backfilled = sample.dag();
        DagId rests = sample.dag();
        for (int week = 0; week < 4; week++) {
            sample.create(waits, week, "a");
        }
        POSTGRES.stores()
                .runs()
                .createIfAbsent(Sample.run(backfilled, 0, TriggerKind.BACKFILL), Sample.steps("a"), Overlap.QUEUED);
        List<DagId> all = List.of(rests, backfilled, waits);

        assertThat(queries.scheduledAndQueued(all, 10)).containsEntry(waits, 4);
        assertThat(queries.scheduledAndQueued(all, 3)).as("counted no further").containsEntry(waits, 3);
        assertThat(queries.scheduledAndQueued(all, 3).getOrDefault(backfilled, 0))
                .isZero();
        assertThat(queries.unfinished(all)).containsExactly(waits);
    }

    @Test
    void aSummaryCountsStepsByState() {
        Owned owned = sample.own(sample.dag(), 5, "a", "b", "c");
        sample.commit(owned, Sample.step("a", StepState.SUCCEEDED), Sample.step("b", StepState.RUNNING));
        RunViews.Summary summary = queries.run(owned.run()).orElseThrow();
        assertThat(summary.steps())
                .isEqualTo(Map.of(StepState.SUCCEEDED, 1, StepState.RUNNING, 1, StepState.WAITING, 1));
        assertThat(summary.interval().orElseThrow().partition())
                .isEqualTo(Sample.week(5).partition());
        assertThat(summary.interval().orElseThrow().start())
                .isEqualTo(Sample.week(5).start());
        assertThat(summary.parameters()).isEqualTo(Map.of("late_minutes", "15"));
        assertThat(queries.run(Sample.runId())).isEmpty();
        assertThat(queries.steps(owned.run()))
                .extracting(RunViews.Step::step, RunViews.Step::state)
                .contains(org.assertj.core.groups.Tuple.tuple("a", StepState.SUCCEEDED));
    }

    @Test
    void eventsGoOnAfterTheLastOneRead() {
        Owned owned = sample.own(sample.dag(), 1, "a");
        for (int number = 1; number <= 5; number++) {
            sample.commit(
                    owned,
                    new Change.EventAppended(
                            Sample.MONDAY,
                            Optional.of(new StepId("a")),
                            Optional.of(number),
                            "step_launched",
                            Map.of("n", "" + number)));
        }
        List<RunViews.EventView> start = queries.events(owned.run(), 0, 3);
        List<RunViews.EventView> rest = queries.events(owned.run(), start.get(2).id(), 10);
        assertThat(start)
                .extracting(RunViews.EventView::type)
                .containsExactly("run_created", "step_launched", "step_launched");
        assertThat(rest).extracting(event -> event.detail().get("n")).containsExactly("3", "4", "5");
        assertThat(rest.get(0).at()).isEqualTo(Sample.MONDAY);
    }

    @Test
    void metricsAreFilteredAndPaged() {
        DagId dag = sample.dag();
        Owned owned = sample.own(dag, 1, "a");
        report(owned);

        Page<RunViews.MetricView> page = queries.metrics(filter(dag, "rows", false), Optional.empty(), 3);
        assertThat(page.items()).extracting(RunViews.MetricView::value).containsExactly(4.0, 3.0, 2.0);
        Page<RunViews.MetricView> rest = queries.metrics(filter(dag, "rows", false), page.next(), 3);
        assertThat(rest.items()).extracting(RunViews.MetricView::value).containsExactly(1.0);
        assertThat(rest.next()).isEmpty();
        assertThat(queries.metrics(filter(dag, "rows", true), Optional.empty(), 1)
                        .items())
                .singleElement()
                .satisfies(metric -> {
                    assertThat(metric.sliceValue()).contains("JFK");
                    assertThat(metric.dataset()).contains("clean");
                    assertThat(metric.partition()).contains(Sample.week(1).partition());
                });
    }

    /** Four counts of all rows, one of some, and another metric. */
    private void report(Owned owned) {
        List<StepReport.Metric> metrics = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            metrics.add(Sample.metric("rows", number, Optional.empty(), Optional.empty()));
        }
        metrics.add(Sample.metric("other", 9, Optional.empty(), Optional.empty()));
        metrics.add(new StepReport.Metric(
                "rows",
                7,
                1,
                new StepReport.Subject(
                        Optional.of("clean"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new StepReport.Slice("origin", "JFK")))));
        sample.succeed(owned, "a", Sample.metrics(metrics.toArray(StepReport.Metric[]::new)));
    }

    @Test
    void aFilterThatIsNoRunIsRefused() {
        assertThatThrownBy(() -> queries.metrics(
                        new MetricFilter(
                                Optional.empty(),
                                Optional.of("7"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true),
                        Optional.empty(),
                        3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'7' is not the id of a run");
    }

    private static MetricFilter filter(DagId dag, String name, boolean slices) {
        return new MetricFilter(
                Optional.of(dag.value()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(name),
                slices);
    }

    @Test
    void attemptsAreAllShownWithWhatWasWrongWithTheirReports() {
        Owned owned = sample.own(sample.dag(), 1, "a", "c");
        sample.commit(owned, Sample.attemptWritten(owned, "a", 1, AttemptState.FAILED));
        StepReport report =
                new StepReport(List.of(), Map.of(), Map.of(), List.of(), List.of(), List.of("line 2: not JSON"));
        sample.commit(
                owned,
                Sample.attemptWritten(owned, "a", 2, AttemptState.SUCCEEDED),
                new Change.ReportTaken(new StepId("a"), 2, report, List.of(), "digest", Sample.MONDAY));
        assertThat(queries.attemptState(
                        Sample.attempt(owned, "a", 2, AttemptState.RUNNING).key()))
                .contains(AttemptState.SUCCEEDED);
        assertThat(queries.attemptState(
                        Sample.attempt(owned, "b", 1, AttemptState.RUNNING).key()))
                .isEmpty();
        var books = POSTGRES.stores().attemptBooks();
        assertThat(books.known(List.of(
                        Sample.attempt(owned, "a", 2, AttemptState.RUNNING).key(), new LaunchKey("unknown"))))
                .singleElement()
                .satisfies(booked -> {
                    assertThat(booked.run()).isEqualTo(owned.run());
                    assertThat(booked.number()).isEqualTo(2);
                    assertThat(booked.state()).isEqualTo(AttemptState.SUCCEEDED);
                });
        assertThat(books.going()).noneMatch(booked -> booked.run().equals(owned.run()));
        Attempt over = ended(owned);
        sample.commit(owned, new Change.AttemptWritten(over));
        assertThat(queries.attemptEnd(over.key())).contains(new RunViews.AttemptEnd("process", Sample.MONDAY));
        assertThat(queries.attemptEnd(
                        Sample.attempt(owned, "b", 1, AttemptState.RUNNING).key()))
                .isEmpty();
        assertThat(queries.attempts(owned.run(), new StepId("a")))
                .extracting(
                        RunViews.AttemptView::number, RunViews.AttemptView::state, RunViews.AttemptView::reportProblems)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, AttemptState.FAILED, List.of()),
                        org.assertj.core.groups.Tuple.tuple(2, AttemptState.SUCCEEDED, List.of("line 2: not JSON")));
    }

    @Test
    void runningAttemptsComeWithWhatIsKnownOfTheirJobs() {
        Owned owned = sample.own(sample.dag(), 1, "a", "b");
        Attempt launching = Sample.attempt(owned, "a", 1, AttemptState.LAUNCHING);
        Attempt running = Sample.attempt(owned, "b", 1, AttemptState.RUNNING);
        ExternalJob job = new ExternalJob(
                running.key(),
                "driver-1",
                Map.of("trackingUrl", "http://driver:4040", "historyServer", "javascript:alert(1)"));
        sample.commit(owned, new Change.AttemptWritten(launching), new Change.AttemptWritten(running.withJob(job)));

        assertThat(POSTGRES.stores().runningAttempts().running())
                .filteredOn(attempt -> attempt.run().equals(owned.run()))
                .containsExactly(new RunningAttempt(owned.run(), new StepId("b"), 1, "process", job));
        assertThat(queries.attempts(owned.run(), new StepId("b")))
                .flatExtracting(RunViews.AttemptView::links)
                .containsExactly(new RunViews.Link("application", "http://driver:4040"));
    }

    private static Attempt ended(Owned owned) {
        Attempt attempt = Sample.attempt(owned, "c", 1, AttemptState.FAILED);
        return attempt.withOutcome(
                attempt.outcome().finished(Sample.MONDAY, OptionalInt.of(1), Optional.of(FailureKind.USER), ""));
    }
}
