package io.tidegate.server.openlineage;

import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.Change.LineageEvent;
import io.tidegate.scheduler.run.RunId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What an outbox message is about.
 *
 * @param attempt number of the attempt within its step
 */
record LineageReference(RunId run, StepId step, int attempt, LineageEvent event) {
    private static final Pattern SLASH = Pattern.compile("/");
    private static final int PARTS = 4;

    /** Reads {@code run/step/attempt/event}; empty when it is none. */
    static Optional<LineageReference> of(String reference) {
        List<String> parts = SLASH.splitAsStream(reference).toList();
        if (parts.size() != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LineageReference(
                    RunId.of(parts.get(0)),
                    new StepId(parts.get(1)),
                    Integer.parseInt(parts.get(2)),
                    LineageEvent.valueOf(parts.get(3))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The attempt's run identifier in OpenLineage: always the same for the same attempt, so that events sent twice are one. */
    UUID runId() {
        String name = run + "/" + step + "/" + attempt;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
