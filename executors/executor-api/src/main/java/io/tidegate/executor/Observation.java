package io.tidegate.executor;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Something seen of a job. */
public sealed interface Observation {
    /** The job's program is running. */
    record Running() implements Observation {}

    /**
     * More is known about the job than at its launch, for example the application's address or the pod's node.
     *
     * @param details added to what the job's {@link ExternalJob#details()} say; a name that is there already gets the new value
     */
    record Described(Map<String, String> details) implements Observation {
        /** The detail that says why the job stands where it stands, for people: it is shown as the step's reason. */
        public static final String REASON = "reason";

        public Described {
            details = Map.copyOf(details);
        }
    }

    /**
     * The job has ended, and there is positive evidence how; or it is gone, which is never a success.
     *
     * @param exitCode the program's exit code, when it is known; a signal is 128 plus its number
     * @param failure absent exactly when the program succeeded
     * @param message one sentence for people; empty text after a success
     */
    record Ended(OptionalInt exitCode, Optional<FailureKind> failure, String message) implements Observation {
        public Ended {
            Objects.requireNonNull(exitCode, "exitCode");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(message, "message");
        }

        public static Ended succeeded() {
            return new Ended(OptionalInt.of(0), Optional.empty(), "");
        }

        public static Ended failed(FailureKind kind, int exitCode, String message) {
            return new Ended(OptionalInt.of(exitCode), Optional.of(kind), message);
        }

        public static Ended lost(String message) {
            return new Ended(OptionalInt.empty(), Optional.of(FailureKind.LOST), message);
        }
    }
}
