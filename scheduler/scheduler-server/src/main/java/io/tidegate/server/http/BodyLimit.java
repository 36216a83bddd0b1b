package io.tidegate.server.http;

import io.tidegate.server.report.ApiReports;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses bodies that are larger than any that means something, before they are read, or while they are when they do not tell their size. */
final class BodyLimit implements ContainerRequestFilter {
    private static final long MOST_BYTES = 1L << 20;
    private static final long MOST_READ_ON = 32L << 20;
    private static final String REPORTS = "attempts/";

    @Override
    public void filter(ContainerRequestContext request) {
        // Reports have their own limit, with a message of its own; this one lies beyond it.
        long most = request.getUriInfo().getPath().startsWith(REPORTS) ? 2 * ApiReports.MOST_BYTES : MOST_BYTES;
        if (request.getLength() > most) {
            readOn(request.getEntityStream());
            throw tooLarge(most);
        }
        if (request.hasEntity()) {
            request.setEntityStream(new Bounded(request.getEntityStream(), most));
        }
    }

    /**
     * A client hears the answer only when it has sent its body: a connection that is closed under its hands tells it nothing. What is far
     * too large is cut off all the same.
     */
    private static void readOn(InputStream body) {
        try {
            body.skipNBytes(MOST_READ_ON);
        } catch (IOException ended) {
            // All of it was read, or the client went away.
            return;
        }
    }

    private static ClientErrorException tooLarge(long most) {
        return new ClientErrorException(
                "the body of this request may have " + (most >> 20) + " MiB", Response.Status.REQUEST_ENTITY_TOO_LARGE);
    }

    /** Ends with an exception where the limit is. */
    private static final class Bounded extends FilterInputStream {
        private final long most;
        private long seen;

        Bounded(InputStream stream, long most) {
            super(stream);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(read);
            return read;
        }

        private void count(int bytes) {
            seen += Math.max(0, bytes);
            if (seen > most) {
                readOn(in);
                throw tooLarge(most);
            }
        }
    }
}
