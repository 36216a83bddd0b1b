package io.tidegate.scheduler.plan;

import io.tidegate.dag.model.ModelName;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.resolve.ResolvedWork;
import io.tidegate.scheduler.run.Attempt;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Something to do after the changes are committed. Doing it twice does no harm. */
public sealed interface Effect {
    /** Look up what the step needs, and tell. */
    record Resolve(StepId step) implements Effect {
        public Resolve {
            Objects.requireNonNull(step, "step");
        }
    }

    /**
     * Start the attempt's job, watch it, and tell.
     *
     * @param work what it works on; absent after a restart, when it must be looked up again
     * @param item values of the item it is for, which are not looked up
     */
    record Launch(Attempt attempt, Optional<ResolvedWork> work, Map<String, String> item) implements Effect {
        public Launch {
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(work, "work");
            item = Map.copyOf(item);
        }
    }

    /** Ask the executor for the attempt's job, until it answers, and tell. */
    record Find(Attempt attempt) implements Effect {
        public Find {
            Objects.requireNonNull(attempt, "attempt");
        }
    }

    /** Watch the attempt's job, and tell when it ends. */
    record Watch(Attempt attempt) implements Effect {
        public Watch {
            Objects.requireNonNull(attempt, "attempt");
        }
    }

    /** Ask the attempt's job to end; without a job, withdraw the launch if it has not begun. */
    record Cancel(Attempt attempt) implements Effect {
        public Cancel {
            Objects.requireNonNull(attempt, "attempt");
        }
    }

    /** Give the timer back at the instant. */
    record WakeAt(Instant at, Timer timer) implements Effect {
        public WakeAt {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(timer, "timer");
        }
    }

    /** The model has a new champion: make its pointer agree. */
    record Publish(ModelName model) implements Effect {
        public Publish {
            Objects.requireNonNull(model, "model");
        }
    }

    /** Nothing is left to do for this node: give the run back. */
    record ReleaseRun() implements Effect {}
}
