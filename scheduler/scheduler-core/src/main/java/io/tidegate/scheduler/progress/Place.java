package io.tidegate.scheduler.progress;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Somewhere to ask, and the questions that wait for it. Safe for use by several threads. */
final class Place {
    private static final int MOST_THREADS = 2;

    private final String name;
    private final Consumer<RunningAttempt> question;
    private final Executor threads;
    private final Queue<RunningAttempt> waiting = new ArrayDeque<>();
    private int working;

    Place(String name, Consumer<RunningAttempt> question, Executor threads) {
        this.name = name;
        this.question = question;
        this.threads = threads;
    }

    String name() {
        return name;
    }

    synchronized boolean isIdle() {
        return working == 0;
    }

    /** Asks about all of them, unless it is still busy with an earlier round. */
    void ask(List<RunningAttempt> attempts) {
        int started;
        synchronized (this) {
            if (working > 0) {
                return;
            }
            waiting.addAll(attempts);
            started = Math.min(MOST_THREADS, attempts.size());
            working = started;
        }
        for (int count = 0; count < started; count++) {
            threads.execute(this::work);
        }
    }

    private void work() {
        Optional<RunningAttempt> next = next();
        while (next.isPresent()) {
            question.accept(next.get());
            next = next();
        }
    }

    private synchronized Optional<RunningAttempt> next() {
        Optional<RunningAttempt> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            working--;
        }
        return next;
    }
}
