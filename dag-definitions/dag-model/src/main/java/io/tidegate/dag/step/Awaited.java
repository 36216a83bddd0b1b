package io.tidegate.dag.step;

import io.tidegate.dag.name.DagReference;
import io.tidegate.dag.template.Template;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a sensor waits for that is no file. */
public sealed interface Awaited {
    /**
     * A row in a database.
     *
     * @param connection a database of the server's configuration, by its name
     * @param query reads; met when it gives at least one row
     * @param values for the question marks of the query, in order
     */
    record SqlRow(String connection, String query, List<Template> values) implements Awaited {
        public SqlRow {
            Objects.requireNonNull(connection, "connection");
            Objects.requireNonNull(query, "query");
            values = List.copyOf(values);
        }
    }

    /**
     * An answer of a web server.
     *
     * @param status the status it must have
     * @param condition what must hold besides, in CEL over {@code body}, the answer's JSON
     */
    record HttpAnswer(Template url, int status, Optional<String> condition) implements Awaited {
        public static final int OK = 200;

        public HttpAnswer {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(condition, "condition");
        }
    }

    /** The success of another DAG's run for the interval. */
    record DagInterval(DagReference dag) implements Awaited {
        public DagInterval {
            Objects.requireNonNull(dag, "dag");
        }
    }

    /** The first time of day, in the schedule's zone, at the end of the interval or after it. */
    record TimeOfDay(LocalTime time) implements Awaited {
        public TimeOfDay {
            Objects.requireNonNull(time, "time");
        }
    }

    /** So long after the end of the interval; without one, after the run was made. */
    record Delay(Duration delay) implements Awaited {
        public Delay {
            Objects.requireNonNull(delay, "delay");
        }
    }
}
