package io.tidegate.executor.testkit;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import java.util.Objects;

/** What {@link FakeExecutor} does with a launch. */
public sealed interface LaunchAnswer {
    /** The job starts and goes on until the test ends it. */
    record Accept() implements LaunchAnswer {}

    /** The job starts and ends like this before anybody can watch it. */
    record AcceptAndEnd(Observation.Ended ended) implements LaunchAnswer {
        public AcceptAndEnd {
            Objects.requireNonNull(ended, "ended");
        }
    }

    /** There is no job. */
    record Reject(FailureKind kind, String message) implements LaunchAnswer {
        public Reject {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * The caller is not told what came of it.
     *
     * @param started whether the job was started all the same, so that a later find tells of it
     */
    record Unknown(boolean started) implements LaunchAnswer {}

    static LaunchAnswer accept() {
        return new Accept();
    }

    static LaunchAnswer succeedAtOnce() {
        return new AcceptAndEnd(Observation.Ended.succeeded());
    }

    static LaunchAnswer failAtOnce(int exitCode, String message) {
        return new AcceptAndEnd(Observation.Ended.failed(FailureKind.USER, exitCode, message));
    }

    static LaunchAnswer reject(FailureKind kind, String message) {
        return new Reject(kind, message);
    }

    static LaunchAnswer unknownButStarted() {
        return new Unknown(true);
    }

    static LaunchAnswer unknownAndNotStarted() {
        return new Unknown(false);
    }
}
