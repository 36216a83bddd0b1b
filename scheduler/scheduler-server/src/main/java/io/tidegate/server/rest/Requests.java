package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.view.Page;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Bodies of requests, and the reading of what comes in paths and queries. */
final class Requests {
    static final int LARGEST_PAGE = 500;
    static final int USUAL_PAGE = 50;

    private static final int LONGEST_REASON = 2000;
    private static final int LONGEST_NAME = 500;

    private Requests() {}

    record NewRun(Optional<String> interval, Optional<Map<String, String>> parameters) {}

    record Pause(Optional<String> reason) {}

    record NewBackfill(Optional<String> from, Optional<String> to) {}

    record Cancel(Optional<String> reason) {}

    record Rerun(Optional<String> from, Optional<String> step, Optional<String> reason) {}

    record TakeBack(Optional<Integer> version, Optional<String> reason) {}

    record Resolve(Optional<String> reason) {}

    static DagId dag(String text) {
        try {
            return new DagId(text);
        } catch (IllegalArgumentException notOne) {
            throw ProblemException.notFound("there is no DAG '" + text + "'");
        }
    }

    static StepId step(String text) {
        try {
            return new StepId(text);
        } catch (IllegalArgumentException notOne) {
            throw ProblemException.notFound("there is no step '" + text + "'");
        }
    }

    static RunId run(String text) {
        try {
            return RunId.of(text);
        } catch (IllegalArgumentException notOne) {
            throw ProblemException.notFound("there is no run '" + text + "'");
        }
    }

    /** Text to filter by, as long as no name is longer. */
    static Optional<String> filter(String name, String text) {
        if (text != null && (text.length() > LONGEST_NAME || text.indexOf('\0') >= 0)) {
            throw ProblemException.badRequest("'" + name + "' may have " + LONGEST_NAME + " characters and no NUL");
        }
        return Optional.ofNullable(text);
    }

    static int limit(Integer asked) {
        if (asked == null) {
            return USUAL_PAGE;
        }
        if (asked < 1 || asked > LARGEST_PAGE) {
            throw ProblemException.badRequest("limit must be between 1 and " + LARGEST_PAGE + ", not " + asked);
        }
        return asked;
    }

    static String reason(Optional<String> reason) {
        String text = reason.orElse("").strip();
        if (text.length() > LONGEST_REASON || text.indexOf('\0') >= 0) {
            throw ProblemException.badRequest("a reason may have " + LONGEST_REASON + " characters and no NUL");
        }
        return text;
    }

    /** A page; what is no {@code next} of an earlier page is the asker's mistake. */
    static <T> Page<T> page(String after, Supplier<Page<T>> query) {
        try {
            return query.get();
        } catch (IllegalArgumentException wrong) {
            if (after == null) {
                throw wrong;
            }
            throw ProblemException.badRequest("'after' must be the 'next' of an earlier page");
        }
    }

    /** A body that was not sent. */
    static <T> T body(T body) {
        if (body == null) {
            throw ProblemException.badRequest(
                    "the request needs a JSON object as its body; {} will do where nothing is required");
        }
        return body;
    }
}
