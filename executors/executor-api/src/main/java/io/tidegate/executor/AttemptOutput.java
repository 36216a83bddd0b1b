package io.tidegate.executor;

import java.io.IOException;
import java.io.InputStream;

/** What an attempt wrote: its log, and its report. Readable while it runs and after it ended. */
public interface AttemptOutput {
    /** Bytes of log there are so far; 0 when there is none yet. */
    long logSize() throws IOException;

    /**
     * A stretch of the log.
     *
     * @param offset first byte; beyond the end gives an empty array
     * @param maximumBytes most bytes returned, so that no line is too long to read
     */
    byte[] readLog(long offset, int maximumBytes) throws IOException;

    /** The report, one JSON object a line; empty when the step reported nothing. The caller closes the stream and bounds what it reads. */
    InputStream report() throws IOException;
}
