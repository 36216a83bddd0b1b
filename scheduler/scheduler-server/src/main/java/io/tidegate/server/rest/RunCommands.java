package io.tidegate.server.rest;

import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.store.CommandStore;
import io.tidegate.scheduler.view.RunViews;

/** Writes down what people ask of runs, and wakes the engine. */
final class RunCommands {
    /** Until accounts exist, everybody on this machine is this actor. */
    static final String ACTOR = "local user";

    private final CommandStore store;
    private final Runnable wakeEngine;

    RunCommands(CommandStore store, Runnable wakeEngine) {
        this.store = store;
        this.wakeEngine = wakeEngine;
    }

    void give(RunViews.Summary run, CommandStore.Type type, CommandStore.Target target, String reason) {
        store.submit(new CommandStore.Command(0, RunId.of(run.run()), type, target, ACTOR, reason));
        wakeEngine.run();
    }
}
