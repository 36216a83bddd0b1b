package io.tidegate.executor;

import java.util.Objects;

/** What is known about the job of a launch key. */
public sealed interface FindResult {
    /** The job was started; it may have ended since. */
    record Found(ExternalJob job) implements FindResult {
        public Found {
            Objects.requireNonNull(job, "job");
        }
    }

    /** The other side answered, and no job was ever started under this key. */
    record NotFound() implements FindResult {}

    /** The other side did not answer; ask again later. */
    record Unknown(String message) implements FindResult {
        public Unknown {
            Objects.requireNonNull(message, "message");
        }
    }
}
