package io.tidegate.scheduler.subrun;

import io.tidegate.dag.step.ExecutorSettings;
import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.ClusterListing;
import io.tidegate.executor.Executor;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.FindResult;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.LaunchRequest;
import io.tidegate.executor.LaunchResult;
import io.tidegate.executor.ObservationListener;
import io.tidegate.executor.Workload;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.engine.RunListener;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.TriggerKind;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import io.tidegate.scheduler.store.SubRunStore;
import io.tidegate.scheduler.store.SubRunStore.SubRun;
import io.tidegate.scheduler.trigger.SubRunService;
import io.tidegate.scheduler.trigger.TriggerException;
import io.tidegate.scheduler.view.RunQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Runs other DAGs for steps: the job of an attempt is a run. Everything it knows is in the database, so a restart forgets nothing. A step
 * that waits holds no process, no thread and no place among the attempts that work. Safe for use by several threads.
 */
public final class SubRunExecutor implements Executor, RunListener {
    /** Names of an attempt's details. */
    static final String DAG = "dag";

    private final Collaborators with;
    private final SubRunWatches watches;

    /**
     * What it works with.
     *
     * @param runsWaiting told that a run waits to be taken over
     * @param commandsWaiting told that a command waits
     */
    public record Collaborators(
            SubRunService service,
            SubRunStore store,
            RunQueries queries,
            CommandStore commands,
            Runnable runsWaiting,
            Runnable commandsWaiting) {
        public Collaborators {
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(store, "store");
            Objects.requireNonNull(queries, "queries");
            Objects.requireNonNull(commands, "commands");
            Objects.requireNonNull(runsWaiting, "runsWaiting");
            Objects.requireNonNull(commandsWaiting, "commandsWaiting");
        }
    }

    public SubRunExecutor(Collaborators with) {
        this.with = Objects.requireNonNull(with, "with");
        this.watches = new SubRunWatches(with.store());
    }

    @Override
    public String name() {
        return ExecutorSettings.SubDag.NAME;
    }

    @Override
    public boolean takesPlace() {
        return false;
    }

    @Override
    public LaunchResult launch(LaunchRequest request) {
        if (!(request.workload() instanceof Workload.SubRun wanted)) {
            return new LaunchResult.Rejected(
                    FailureKind.USER,
                    "executor '" + name() + "' runs DAGs, and attempt " + request.key() + " names none");
        }
        SubRunStore.Caller caller = new SubRunStore.Caller(
                RunId.of(request.identity().runId()),
                request.identity().step(),
                request.identity().number(),
                request.key());
        try {
            RunId run = with.service()
                    .start(
                            caller,
                            wanted.dag(),
                            wanted.parameters(),
                            new SubRunStore.Ties(wanted.takes(), wanted.waits()));
            with.commandsWaiting().run();
            with.runsWaiting().run();
            return new LaunchResult.Accepted(new ExternalJob(
                    request.key(), run.toString(), Map.of(DAG, wanted.dag().value())));
        } catch (TriggerException refused) {
            return new LaunchResult.Rejected(FailureKind.USER, refused.getMessage());
        } catch (StoreUnavailableException outage) {
            return new LaunchResult.Unknown(outage.getMessage());
        }
    }

    @Override
    public FindResult find(LaunchKey key) {
        try {
            return with.store().find(List.of(key)).stream()
                    .findFirst()
                    .<FindResult>map(found -> new FindResult.Found(job(found)))
                    .orElseGet(FindResult.NotFound::new);
        } catch (StoreUnavailableException outage) {
            return new FindResult.Unknown(outage.getMessage());
        }
    }

    private static ExternalJob job(SubRun run) {
        return new ExternalJob(
                run.key(), run.run().toString(), Map.of(DAG, run.dag().value()));
    }

    @Override
    public void watch(ExternalJob job, ObservationListener listener) {
        watches.begin(job.key(), listener);
    }

    /** A run that is not waited for goes its own way. */
    @Override
    public void cancel(ExternalJob job) {
        with.store().find(List.of(job.key())).stream()
                .filter(run -> run.ties().waits() && !run.state().isTerminal())
                .forEach(run -> {
                    with.commands()
                            .submit(new CommandStore.Command(
                                    0,
                                    run.run(),
                                    CommandStore.Type.CANCEL,
                                    CommandStore.Target.RUN,
                                    "attempt " + run.key(),
                                    "the step that waits for it was stopped"));
                    with.commandsWaiting().run();
                    with.runsWaiting().run();
                });
    }

    @Override
    public AttemptOutput output(LaunchKey key) {
        return new SubRunOutput(key, with.store(), with.queries());
    }

    @Override
    public List<ClusterListing> list() {
        return List.of(ClusterListing.of(
                "tidegate",
                with.store().going().stream()
                        .map(run -> new ClusterListing.ListedJob(
                                job(run),
                                run.state().name().toLowerCase(Locale.ROOT),
                                !run.isOver(),
                                true,
                                java.util.Optional.of(run.since())))
                        .toList()));
    }

    /** The end of a run that this node works on is told at once. */
    @Override
    public void committed(Run run, List<Change> changes) {
        if (run.trigger().kind() == TriggerKind.DAG && changes.stream().anyMatch(Change.RunWritten.class::isInstance)) {
            watches.look();
        }
    }

    @Override
    public void close() {
        watches.close();
    }
}
