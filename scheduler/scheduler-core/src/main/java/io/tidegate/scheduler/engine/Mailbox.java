package io.tidegate.scheduler.engine;

import io.tidegate.scheduler.plan.Happening;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.resolve.Resolution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a run has not been told yet, in order. Some news may linger: it is not worth a plan of its own and goes with what comes soon after it, or
 * alone once it has lingered. Not thread-safe.
 */
final class Mailbox {
    private static final int LARGEST_BATCH = 500;

    private final Predicate<PlannerEvent> mayLinger;
    private final Deque<Happening> waiting = new ArrayDeque<>();
    private int urgent;
    private boolean lingeredEnough;

    Mailbox(Predicate<PlannerEvent> mayLinger) {
        this.mayLinger = mayLinger;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Takes news in.
     *
     * @return whether {@link #lingered} is to be called in a while: what comes behind other news goes with it
     */
    boolean add(Happening news) {
        waiting.add(news);
        if (mayLinger.test(news.event())) {
            return waiting.size() == 1;
        }
        urgent++;
        return false;
    }

    /** The news has waited long enough, if it still waits. */
    void lingered(Happening news) {
        lingeredEnough |= news.equals(waiting.peek());
    }

    /** Whether it is time to plan. */
    boolean isDue() {
        return urgent > 0 || lingeredEnough;
    }

    /**
     * Hands out what waits, as much as may be planned together: a publication goes alone, because it alone may be refused and judged again.
     * At least one thing must wait.
     */
    List<Happening> take() {
        List<Happening> batch = new ArrayList<>();
        boolean alone;
        do {
            Happening news = waiting.remove();
            batch.add(news);
            urgent -= mayLinger.test(news.event()) ? 0 : 1;
            alone = isPublication(news.event());
        } while (!alone && goesOn() && batch.size() < LARGEST_BATCH);
        // Nobody is to call again for what came behind other news and is left over.
        lingeredEnough = !waiting.isEmpty();
        return batch;
    }

    private boolean goesOn() {
        return !waiting.isEmpty() && !isPublication(waiting.peek().event());
    }

    static boolean isPublication(PlannerEvent event) {
        return event instanceof PlannerEvent.StepResolved resolved
                && resolved.resolution() instanceof Resolution.Publish;
    }
}
