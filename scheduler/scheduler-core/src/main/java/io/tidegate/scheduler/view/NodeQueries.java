package io.tidegate.scheduler.view;

import java.time.Instant;
import java.util.List;

/** What people ask about the servers that work on this database. */
public interface NodeQueries {
    /**
     * A server in one life of it.
     *
     * @param version which build; empty for one that is too old to say
     * @param state {@code alive}; {@code draining} while it gives its runs back; {@code gone} when its lease has run out or was given up
     * @param since when it came
     * @param leaseAgeMillis time since it last renewed its lease
     * @param leaseLeftMillis how much longer it owns its runs without renewing; negative when the lease has run out
     * @param runs runs it owns
     * @param attempts attempts of these runs that are not over
     * @param loops its loops at the last renewal
     */
    record NodeView(
            String id,
            String name,
            String version,
            String state,
            Instant since,
            long leaseAgeMillis,
            long leaseLeftMillis,
            int runs,
            int attempts,
            List<NodeLoop> loops) {
        public NodeView {
            loops = List.copyOf(loops);
        }
    }

    /**
     * One of a server's loops.
     *
     * @param silenceMillis time since its last round
     * @param boundMillis how long it may be silent; 0 of a server that does not tell
     * @param alive whether it is silent no longer than that
     */
    record NodeLoop(String loop, long silenceMillis, long boundMillis, boolean alive) {}

    /** Servers that are alive, then those that went within the last hour; the oldest first. */
    List<NodeView> nodes();
}
