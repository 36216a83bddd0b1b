package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.trigger.TriggerException;
import io.tidegate.scheduler.view.Page;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Bodies of requests, and the reading of what comes in paths and queries. */
final class Requests {
    static final int LARGEST_PAGE = 500;
    static final int USUAL_PAGE = 50;

    private static final int LONGEST_REASON = 2000;
    private static final int LONGEST_NAME = 500;
    private static final int LAST_YEAR = 9999;

    private Requests() {}

    record NewRun(Optional<String> interval, Optional<Map<String, String>> parameters) {}

    record Pause(Optional<String> reason) {}

    record NewBackfill(
            Optional<String> from,
            Optional<String> to,
            Optional<Boolean> backwards,
            Optional<String> reprocess,
            Optional<Integer> parallel,
            Optional<Map<String, String>> parameters,
            Optional<String> reason) {}

    record MoveBackfill(Optional<String> reason, Optional<String> running) {}

    record Cancel(Optional<String> reason) {}

    record SetPool(Optional<Integer> places, Optional<String> reason) {}

    record RemovePool(Optional<String> reason) {}

    record Rerun(
            Optional<String> from,
            Optional<String> step,
            Optional<Boolean> only,
            Optional<String> version,
            Optional<String> reason) {}

    record Mark(Optional<String> state, Optional<String> reason) {}

    record Clear(
            Optional<String> from,
            Optional<String> to,
            Optional<List<String>> steps,
            Optional<Boolean> downstream,
            Optional<String> version,
            Optional<Boolean> dryRun,
            Optional<String> reason) {}

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

    /** A reason that must be given. */
    static String requiredReason(Optional<String> reason, String what) {
        String text = reason(reason);
        if (text.isEmpty()) {
            throw ProblemException.badRequest(what + " needs a reason, for those who come after you");
        }
        return text;
    }

    /** Whether the newest version of a DAG is asked for, and not the one a run had. */
    static boolean latest(Optional<String> version) {
        return switch (version.orElse("original")) {
            case "original" -> false;
            case "latest" -> true;
            default ->
                throw ProblemException.badRequest(
                        "version must be original or latest, not '" + version.orElseThrow() + "'");
        };
    }

    /** A day that must be given. */
    static LocalDate required(String field, Optional<String> text) {
        return day(
                field,
                text.orElseThrow(() ->
                        ProblemException.badRequest("'" + field + "' is missing; give a day such as 2001-03-05")));
    }

    static LocalDate day(String field, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            // What is further away than people write down dates is a mistake, and more than calendars of intervals can
            // hold.
            if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
                throw new DateTimeException("year " + day.getYear());
            }
            return day;
        } catch (DateTimeException notOne) {
            throw ProblemException.badRequest("'" + field + "' must be a day such as 2001-03-05, not '" + text + "'");
        }
    }

    /** Does what a person asks for, and tells what does not fit as a problem of the request. */
    static <T> T explained(String what, Supplier<T> trigger) {
        try {
            return trigger.get();
        } catch (TriggerException refused) {
            throw refused.reason() == TriggerException.Reason.UNKNOWN_DAG
                    ? ProblemException.notFound(refused.problems().get(0).message())
                    : ProblemException.badRequest(what + " cannot be made as asked", errors(refused.problems()));
        }
    }

    static List<String> errors(List<TriggerException.Problem> problems) {
        return problems.stream()
                .map(problem -> problem.field() + ": " + problem.message())
                .toList();
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
