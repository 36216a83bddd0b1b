package io.tidegate.server.stream;

import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.engine.RunListener;
import io.tidegate.scheduler.run.Run;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns what the engine committed into events for listeners. Thread-safe. */
public final class CommittedChanges implements RunListener {
    private final EventHub hub;
    private final Runnable outboxFilled;

    /**
     * @param outboxFilled told when messages may wait in the outbox
     */
    public CommittedChanges(EventHub hub, Runnable outboxFilled) {
        this.hub = hub;
        this.outboxFilled = outboxFilled;
    }

    @Override
    public void committed(Run run, List<Change> changes) {
        boolean messages = false;
        for (Change change : changes) {
            tell(run, change);
            messages |= change instanceof Change.AlertRaised
                    || change instanceof Change.AlertResolved
                    || change instanceof Change.LineageAnnounced;
        }
        if (messages) {
            outboxFilled.run();
        }
    }

    private void tell(Run run, Change change) {
        String id = run.id().toString();
        if (change instanceof Change.RunWritten written) {
            hub.tell(
                    "run",
                    Map.of(
                            "run",
                            id,
                            "dag",
                            run.version().dag().value(),
                            "state",
                            word(written.run().state())));
        } else if (change instanceof Change.StepWritten written) {
            hub.tell(
                    "step",
                    Map.of(
                            "run",
                            id,
                            "step",
                            written.step().step().value(),
                            "state",
                            word(written.step().state())));
        } else if (change instanceof Change.PublicationDecided decided) {
            hub.tell(
                    "model",
                    Map.of(
                            "model",
                            decided.model().value(),
                            "accepted",
                            decided.verdict().accepted()));
        } else if (change instanceof Change.AlertRaised raised) {
            hub.tell("alert", Map.of("dag", raised.alert().dag().value(), "state", "open"));
        } else if (change instanceof Change.AlertResolved resolved) {
            hub.tell("alert", Map.of("dag", resolved.dag().value(), "state", "resolved"));
        }
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
