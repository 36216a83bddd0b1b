package io.tidegate.server.report;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.engine.ReportReader;
import io.tidegate.scheduler.report.StepReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads everything an attempt reported: the file it wrote, then what came through the API. Thread-safe. */
public final class AttemptReports implements ReportReader {
    private final ApiReports api;
    private final ReportParser parser;

    /** @param hiding hides secrets in a text */
    public AttemptReports(ApiReports api, UnaryOperator<String> hiding) {
        this.api = api;
        this.parser = new ReportParser(hiding);
    }

    @Override
    public StepReport read(LaunchKey key, AttemptOutput output) throws IOException {
        try (InputStream lines = open(key, output)) {
            return parser.parse(lines);
        }
    }

    /** The lines as they came; the caller closes the stream. */
    public InputStream open(LaunchKey key, AttemptOutput output) throws IOException {
        return new SequenceInputStream(Collections.enumeration(List.of(output.report(), lineEnd(), api.open(key))));
    }

    /** A step that died may have left its last line open. */
    private static InputStream lineEnd() {
        return new ByteArrayInputStream(new byte[] {'\n'});
    }
}
