package io.tidegate.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.faults.Books.AttemptRow;
import io.tidegate.faults.Ledger.Event;
import io.tidegate.faults.Ledger.Line;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what programs printed before they said that they had ended (I5). */
final class LogChecks {
    /** The newest ones are enough: reading thousands of logs takes longer than the soak. */
    private static final int MOST = 400;

    private static final double FLUSH_SECONDS = 1;
    private static final long TAIL = 200;

    private final SoakApi api;
    private final Findings findings;
    private final List<Ground.Window> exempt;

    /**
     * @param exempt when bytes may have been lost, because there was no room for them
     */
    LogChecks(SoakApi api, Findings findings, List<Ground.Window> exempt) {
        this.api = api;
        this.findings = findings;
        this.exempt = exempt;
    }

    void all(Ledger ledger, Books books) throws InterruptedException {
        Map<String, List<Line>> byKey = ledger.byKey();
        List<AttemptRow> ended = books.attempts().stream()
                .filter(attempt -> attempt.executor().equals("process"))
                .filter(attempt -> isComplete(byKey.getOrDefault(attempt.key(), List.of())))
                .sorted(java.util.Comparator.comparing(AttemptRow::run).reversed())
                .limit(MOST)
                .toList();
        for (AttemptRow attempt : ended) {
            String path =
                    "/runs/" + attempt.run() + "/steps/" + attempt.step() + "/attempts/" + attempt.number() + "/log";
            Optional<JsonNode> head = api.get(0, path + "?offset=0&limit=" + TAIL);
            Optional<JsonNode> tail = api.get(0, path + "?offset=-" + TAIL + "&limit=" + TAIL);
            holds(attempt, head, "begin of " + attempt.key());
            holds(attempt, tail, "end of " + attempt.key());
        }
        findings.note("the logs of " + ended.size() + " attempts are whole, or said above not to be");
    }

    private void holds(AttemptRow attempt, Optional<JsonNode> answer, String line) {
        if (answer.filter(some -> some.path("text").asText().contains(line)).isEmpty()) {
            findings.violation(
                    "I5",
                    "the log of attempt " + attempt.key() + " lacks the line '" + line + "': "
                            + answer.map(JsonNode::toString).orElse("no answer"));
        }
    }

    /** It said that it ended, and there was room for its log all the time. */
    private boolean isComplete(List<Line> lines) {
        Optional<Line> began =
                lines.stream().filter(line -> line.event() == Event.BEGAN).findFirst();
        Optional<Line> ended =
                lines.stream().filter(line -> line.event() == Event.ENDED).findFirst();
        return began.isPresent()
                && ended.isPresent()
                && exempt.stream()
                        .noneMatch(window -> window.overlaps(
                                began.get().at() - FLUSH_SECONDS, ended.get().at() + FLUSH_SECONDS));
    }
}
