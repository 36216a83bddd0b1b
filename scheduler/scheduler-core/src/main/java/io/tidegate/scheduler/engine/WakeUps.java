package io.tidegate.scheduler.engine;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.plan.Effect;
import io.tidegate.scheduler.plan.Timer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The timers of one run that have not fired. They are taken back when what they are about is over: most are timeouts of attempts that end long
 * before, and a server that has worked on a million steps would hold a million of them. Safe for use by several threads.
 */
final class WakeUps {
    private record About(Optional<StepId> step, int attempt) {
        static About of(Timer timer) {
            return new About(timer.step(), timer.attempt());
        }
    }

    /** One timer. Guarded by the run's. */
    private static final class WakeUp {
        private Runnable takeBack = () -> {};
    }

    private final Timers timers;
    // Guarded by this.
    private final Map<About, Set<WakeUp>> set = new HashMap<>();
    private boolean over;

    WakeUps(Timers timers) {
        this.timers = timers;
    }

    /** Calls the task at the time, unless the attempt or the run is over by then. */
    synchronized void set(Effect.WakeAt wake, Runnable task) {
        if (over) {
            return;
        }
        About about = About.of(wake.timer());
        WakeUp wakeUp = new WakeUp();
        set.computeIfAbsent(about, key -> new HashSet<>()).add(wakeUp);
        wakeUp.takeBack = timers.at(wake.at(), () -> {
            if (take(about, wakeUp)) {
                task.run();
            }
        });
    }

    private synchronized boolean take(About about, WakeUp wakeUp) {
        Set<WakeUp> same = set.get(about);
        boolean taken = same != null && same.remove(wakeUp);
        if (taken && same.isEmpty()) {
            set.remove(about);
        }
        return taken;
    }

    /** An attempt is over. */
    synchronized void over(StepId step, int attempt) {
        Set<WakeUp> same = set.remove(new About(Optional.of(step), attempt));
        if (same != null) {
            same.forEach(wakeUp -> wakeUp.takeBack.run());
        }
    }

    /** The run is not worked on here any more. */
    synchronized void over() {
        over = true;
        set.values().forEach(same -> same.forEach(wakeUp -> wakeUp.takeBack.run()));
        set.clear();
    }
}
