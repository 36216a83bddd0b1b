package io.tidegate.server.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidegate.scheduler.report.StepReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads report lines. A line that cannot be understood becomes a problem with its number, and the others still count.
 *
 * <p>The format is documented in {@code dag-definitions/REPORTING.md}. Thread-safe.
 */
public final class ReportParser {
    static final int LONGEST_LINE = 1 << 20;
    static final long MOST_BYTES = 32L << 20;
    static final int MOST_ENTRIES = 20_000;
    static final int MOST_PROBLEMS = 20;

    private static final int DEEPEST_NESTING = 50;
    private static final ObjectMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final UnaryOperator<String> hiding;

    /** A parser that hides nothing. */
    public ReportParser() {
        this(UnaryOperator.identity());
    }

    /** @param hiding hides secrets in a text; however a line writes them, a report never holds any */
    public ReportParser(UnaryOperator<String> hiding) {
        this.hiding = hiding;
    }

    /** Reads all lines of a stream; closes nothing. */
    public StepReport parse(InputStream stream) throws IOException {
        ReportBuilder report = new ReportBuilder(MOST_ENTRIES, MOST_PROBLEMS);
        BoundedLines lines = new BoundedLines(stream, LONGEST_LINE, MOST_BYTES);
        Optional<BoundedLines.Line> next = lines.next();
        while (next.isPresent()) {
            take(next.get(), report);
            next = lines.next();
        }
        return report.build();
    }

    private void take(BoundedLines.Line line, ReportBuilder report) {
        if (line.text().isEmpty()) {
            report.problem(line.number(), line.problem());
            return;
        }
        String text = line.text().get();
        if (text.isBlank()) {
            return;
        }
        try {
            ReportEntry.addTo(report, line.number(), hidden(JSON.readTree(text)));
        } catch (JsonProcessingException notJson) {
            report.problem(line.number(), "not a JSON object: " + hiding.apply(notJson.getOriginalMessage()));
        } catch (ReportEntryException wrong) {
            report.problem(line.number(), wrong.getMessage());
        }
    }

    /** Nesting is bounded where the line is read. */
    private JsonNode hidden(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(hidden(entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, hidden(array.get(index)));
            }
        } else if (node.isTextual()) {
            return TextNode.valueOf(hiding.apply(node.textValue()));
        } else if (node.isNumber()) {
            // A few digits of a number are chance; the whole of it is not.
            String shown = hiding.apply(node.asText());
            return shown.chars().allMatch(character -> character == '*') ? TextNode.valueOf(shown) : node;
        }
        return node;
    }
}
