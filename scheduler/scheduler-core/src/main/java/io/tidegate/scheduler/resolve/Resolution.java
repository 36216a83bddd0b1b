package io.tidegate.scheduler.resolve;

import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.threshold.ThresholdReading;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What was found for a step that is ready, and so what becomes of it. */
public sealed interface Resolution {
    /** An attempt is launched. */
    record Launch(ResolvedWork work) implements Resolution {
        public Launch {
            Objects.requireNonNull(work, "work");
        }
    }

    /**
     * The step runs for each of these items.
     *
     * @param items at least one, with different keys
     */
    record Expand(List<Item> items) implements Resolution {
        public Expand {
            items = List.copyOf(items);
        }
    }

    /**
     * The step rightly does not run.
     *
     * @param reason for people
     * @param reading what kept a refit shut
     */
    record Skip(String reason, Optional<ThresholdReading> reading) implements Resolution {
        public Skip {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(reading, "reading");
        }
    }

    /** The gate has judged; the scheduler does the rest itself. */
    record Publish(GateVerdict verdict) implements Resolution {
        public Publish {
            Objects.requireNonNull(verdict, "verdict");
        }
    }

    /**
     * The step may run later; it is to be looked at again.
     *
     * @param reason for people: what it waits for
     */
    record Hold(String reason) implements Resolution {
        public Hold {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The step cannot run.
     *
     * @param reason for people: what is missing, and what to do
     */
    record Fail(String reason) implements Resolution {
        public Fail {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
