package io.tidegate.executor;

import java.util.Objects;

/** What came of a launch. */
public sealed interface LaunchResult {
    /** The job is there; it may have been there before, since launching a key twice gives the same job. */
    record Accepted(ExternalJob job) implements LaunchResult {
        public Accepted {
            Objects.requireNonNull(job, "job");
        }
    }

    /** There is no job and there will be none. */
    record Rejected(FailureKind kind, String message) implements LaunchResult {
        public Rejected {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
        }
    }

    /** Nobody can say whether there is a job. Ask {@link Executor#find}; never launch again. */
    record Unknown(String message) implements LaunchResult {
        public Unknown {
            Objects.requireNonNull(message, "message");
        }
    }
}
