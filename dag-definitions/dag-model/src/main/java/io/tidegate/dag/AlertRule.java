package io.tidegate.dag;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who is told about what.
 *
 * @param on the events
 * @param to names of alert channels, as the server's configuration declares them; the dashboard and the log always know
 */
public record AlertRule(Set<Event> on, List<String> to) {
    /** Something worth telling. */
    public enum Event {
        /** A step failed and has no retries left. */
        STEP_FAILED,
        RUN_FAILED,
        /** A run succeeded after the run before it failed. */
        RECOVERED,
        /** A measured threshold opened a refit. */
        REFIT_FIRED,
        /** A gate turned a challenger away. */
        PUBLICATION_REJECTED,
        /** A step or a run had not ended by its deadline. */
        DEADLINE_MISSED;

        /** The word an author writes: lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AlertRule {
        on = Set.copyOf(on);
        to = List.copyOf(to);
    }
}
