package io.tidegate.server.dagtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.dag.parser.problem.Problem;
import io.tidegate.server.dagtest.CaseResult;
import io.tidegate.server.dagtest.FileResult;
import io.tidegate.server.dagtest.check.Mismatch;
import java.util.List;

/** Tells programs. */
public final class JsonReport {
    private JsonReport() {}

    /** One document for all files. */
    public static ObjectNode of(List<FileResult> results) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("passed", results.stream().allMatch(FileResult::passed))
                .put(
                        "cases",
                        results.stream()
                                .mapToLong(result -> result.cases().size())
                                .sum())
                .put("failed", results.stream().mapToLong(FileResult::failed).sum());
        ArrayNode files = document.putArray("files");
        results.forEach(result -> file(result, files.addObject()));
        return document;
    }

    private static void file(FileResult result, ObjectNode node) {
        node.put("file", result.file().toString()).put("dag", result.dag()).put("passed", result.passed());
        ArrayNode cases = node.putArray("cases");
        result.cases().forEach(one -> one(one, cases.addObject()));
        ArrayNode problems = node.putArray("problems");
        for (Problem problem : result.problems()) {
            ObjectNode entry = problems.addObject()
                    .put("file", problem.file())
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("message", problem.message());
            problem.suggestion().ifPresent(suggestion -> entry.put("suggestion", suggestion));
        }
    }

    private static void one(CaseResult result, ObjectNode node) {
        node.put("name", result.name())
                .put("line", result.position().line())
                .put("passed", result.passed())
                .put("virtual_time", result.virtual().toString())
                .put("seconds", result.real().toNanos() / 1e9);
        ArrayNode mismatches = node.putArray("mismatches");
        for (Mismatch mismatch : result.mismatches()) {
            ObjectNode entry = mismatches
                    .addObject()
                    .put("line", mismatch.position().line())
                    .put("column", mismatch.position().column())
                    .put("subject", mismatch.subject());
            mismatch.expected().forEach(entry.withArray("expected")::add);
            mismatch.actual().forEach(entry.withArray("actual")::add);
        }
    }
}
