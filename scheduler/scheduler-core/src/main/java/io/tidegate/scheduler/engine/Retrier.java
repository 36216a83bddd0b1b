package io.tidegate.scheduler.engine;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** Does things that may have to wait for something outside: again and again, with patience, until they are done or not wanted any more. */
final class Retrier {
    private static final System.Logger LOG = System.getLogger(Retrier.class.getName());
    private static final int SAY_AGAIN = 20;

    /** Something to do. */
    @FunctionalInterface
    interface Task {
        /**
         * Tries it.
         *
         * @param failures how often it was tried in vain
         * @return whether it is done
         */
        boolean attempt(int failures) throws IOException;
    }

    private final Executor workers;
    private final Timers timers;
    private final InstantSource clock;
    private final Patience patience;

    Retrier(Executor workers, Timers timers, InstantSource clock, Patience patience) {
        this.workers = workers;
        this.timers = timers;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * @param what what is done, for the log
     * @param wanted asked before each try
     */
    void run(String what, BooleanSupplier wanted, Task task) {
        submit(what, wanted, task, 0);
    }

    /** The same, with the first try on the calling thread, which may block. */
    void runHere(String what, BooleanSupplier wanted, Task task) {
        attempt(what, wanted, task, 0);
    }

    private void submit(String what, BooleanSupplier wanted, Task task, int failures) {
        try {
            workers.execute(() -> attempt(what, wanted, task, failures));
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "not tried any more, the engine is closed: {0}", what);
        }
    }

    private void attempt(String what, BooleanSupplier wanted, Task task, int failures) {
        if (!wanted.getAsBoolean() || isDone(what, task, failures)) {
            return;
        }
        int next = failures + 1;
        Runnable unused = timers.at(clock.instant().plus(patience.after(next)), () -> submit(what, wanted, task, next));
    }

    private static boolean isDone(String what, Task task, int failures) {
        try {
            return task.attempt(failures);
        } catch (IOException | RuntimeException problem) {
            if (failures % SAY_AGAIN == 0) {
                LOG.log(System.Logger.Level.WARNING, "will be tried again: " + what, problem);
            }
            return false;
        }
    }
}
