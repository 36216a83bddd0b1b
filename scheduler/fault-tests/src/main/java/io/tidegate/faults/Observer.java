package io.tidegate.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.faults.Books.AttemptRow;
import io.tidegate.faults.Books.RunRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks again and again while things break: a result that was seen must stay (I3), and bytes of a log that were read must be read again later
 * (I5). Runs on a thread of its own.
 */
final class Observer {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int LOG_BYTES = 4_096;
    private static final String LOG = "/runs/%s/steps/%s/attempts/%d/log?offset=0&limit=" + LOG_BYTES;

    private final SoakDatabase database;
    private final List<Node> nodes;
    private final SoakApi api;
    private final Findings findings;
    private final Map<String, String> results = new HashMap<>();
    private final Map<AttemptRow, String> logs = new HashMap<>();
    private int looks;
    private boolean ended;

    Observer(SoakDatabase database, List<Node> nodes, SoakApi api, Findings findings) {
        this.database = database;
        this.nodes = List.copyOf(nodes);
        this.api = api;
        this.findings = findings;
    }

    /** Looks until the thread is interrupted. */
    void run() {
        try {
            while (true) {
                lookWhileItAnswers();
                Timeline.pause(EVERY);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookWhileItAnswers() throws InterruptedException {
        try (Connection connection = database.connect()) {
            while (true) {
                Books books = Books.read(connection);
                lookUnlessEnded(books);
                readALog(books);
                Timeline.pause(EVERY);
            }
        } catch (SQLException away) {
            // That is what this soak is about: it looks again.
            Timeline.pause(EVERY);
        }
    }

    private synchronized void lookUnlessEnded(Books books) {
        if (!ended) {
            look(books);
        }
    }

    /** Looks a last time, and gives the books that it saw: nobody has looked at newer ones. */
    synchronized Books lastLook() throws SQLException {
        ended = true;
        try (Connection connection = database.connect()) {
            Books books = Books.read(connection);
            look(books);
            return books;
        }
    }

    /** Holds what is written now against what was seen before. */
    private void look(Books books) {
        for (AttemptRow attempt : books.attempts()) {
            if (attempt.isTerminal()) {
                stays(
                        "attempt " + attempt.key(),
                        attempt.state() + " " + attempt.result().failure());
            }
        }
        for (RunRow run : books.runs()) {
            if (run.isTerminal()) {
                stays(name(run), run.state());
            }
        }
        Set<String> over = books.runs().stream()
                .filter(RunRow::isTerminal)
                .map(Observer::name)
                .collect(Collectors.toSet());
        results.forEach((seen, result) -> {
            if (seen.startsWith("run ") && !over.contains(seen)) {
                findings.violation("I3", seen + " was " + result + " and is not over any more");
            }
        });
    }

    private static String name(RunRow run) {
        return "run " + run.id() + " of " + run.dag();
    }

    private void stays(String what, String result) {
        String before = results.putIfAbsent(what, result);
        if (before != null && !before.equals(result)) {
            findings.violation("I3", what + " was " + before + " and is " + result + " now");
        }
    }

    private void readALog(Books books) throws InterruptedException {
        looks++;
        Optional<AttemptRow> attempt = books.attempts().stream()
                .filter(row -> row.state().equals("RUNNING") && row.executor().equals("process"))
                .skip(looks % 3)
                .findFirst();
        if (attempt.isPresent()) {
            Optional<String> text = log(nodes.get(looks % nodes.size()), attempt.get());
            text.filter(some -> !some.isEmpty()).ifPresent(some -> logs.merge(attempt.get(), some, Observer::longer));
        }
    }

    private static String longer(String one, String other) {
        return one.length() >= other.length() ? one : other;
    }

    private Optional<String> log(Node node, AttemptRow attempt) throws InterruptedException {
        return api.get(node, "/api/v1" + LOG.formatted(attempt.run(), attempt.step(), attempt.number()))
                .filter(answer -> !answer.has("refused"))
                .map(answer -> answer.path("text"))
                .map(JsonNode::asText);
    }

    /** Reads again what was read, once all is quiet. */
    void readLogsAgain(Node node) throws InterruptedException {
        for (Map.Entry<AttemptRow, String> read : logs.entrySet()) {
            Optional<String> now = log(node, read.getKey());
            if (now.isEmpty() || !now.get().startsWith(read.getValue())) {
                findings.violation(
                        "I5",
                        "the log of attempt " + read.getKey().key() + " began with " + quoted(read.getValue())
                                + " when it was read first, and is "
                                + now.map(Observer::quoted).orElse("not there") + " now");
            }
        }
        findings.note(logs.size() + " logs that were read while things broke have been read again");
    }

    private static String quoted(String text) {
        return "'" + text.substring(0, Math.min(120, text.length())).replace("\n", "\\n") + "'";
    }
}
