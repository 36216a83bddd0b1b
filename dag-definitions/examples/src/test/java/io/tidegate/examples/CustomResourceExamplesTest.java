package io.tidegate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.condition.Evaluation;
import io.tidegate.condition.ExpressionLanguage;
import io.tidegate.condition.ValueType;
import io.tidegate.dag.parser.DagParser;
import io.tidegate.dag.parser.ParseResult;
import io.tidegate.dag.step.Work;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The conditions of the examples with custom resources, held against what the operators write. */
final class CustomResourceExamplesTest {
    private static final ExpressionLanguage LANGUAGE = ExpressionLanguage.of(Map.of("object", ValueType.DYNAMIC));

    private static Work.ResourceEnd end(String file) {
        ParseResult result = DagParser.parse(Path.of("custom-resources", file));
        assertThat(result.problems()).isEmpty();
        return ((Work.Resource)
                        result.graph().orElseThrow().definition().steps().get(0).work())
                .end();
    }

    private static Map<String, Object> status(Object... fields) {
        Map<String, Object> status = new HashMap<>();
        for (int index = 0; index < fields.length; index += 2) {
            status.put((String) fields[index], fields[index + 1]);
        }
        return Map.of("object", Map.of("status", status));
    }

    private static Map<String, Object> condition(String type, String status) {
        return Map.of("type", type, "status", status, "message", type + " it is");
    }

    private static boolean succeeds(Work.ResourceEnd end, Map<String, Object> object) {
        return LANGUAGE.condition(end.succeedsWhen())
                .expression()
                .evaluate(object)
                .equals(new Evaluation.Value<>(true));
    }

    private static boolean fails(Work.ResourceEnd end, Map<String, Object> object) {
        return LANGUAGE.condition(end.failsWhen().orElseThrow())
                .expression()
                .evaluate(object)
                .equals(new Evaluation.Value<>(true));
    }

    private static String message(Work.ResourceEnd end, Map<String, Object> object) {
        return LANGUAGE.text(end.message().orElseThrow())
                .expression()
                .evaluate(object)
                .result()
                .orElseThrow();
    }

    private static void assertUndecided(Work.ResourceEnd end, Map<String, Object> object) {
        assertThat(succeeds(end, object)).isFalse();
        assertThat(fails(end, object)).isFalse();
    }

    @Test
    void aPyTorchJobEndsByItsConditions() {
        Work.ResourceEnd end = end("pytorch-job.dag.yaml");
        Map<String, Object> failed =
                status("conditions", List.of(condition("Running", "False"), condition("Failed", "True")));

        assertUndecided(end, Map.of("object", Map.of()));
        assertUndecided(end, status("conditions", List.of(condition("Created", "True"), condition("Running", "True"))));
        assertThat(succeeds(end, status("conditions", List.of(condition("Succeeded", "True")))))
                .isTrue();
        assertThat(fails(end, failed)).isTrue();
        assertThat(message(end, failed)).isEqualTo("Failed it is");
    }

    @Test
    void aSparkApplicationEndsByItsState() {
        Work.ResourceEnd end = end("spark-application.dag.yaml");
        Map<String, Object> failed =
                status("applicationState", Map.of("state", "FAILED", "errorMessage", "driver container failed"));

        assertUndecided(end, Map.of("object", Map.of()));
        for (String state : List.of("SUBMITTED", "RUNNING", "SUBMISSION_FAILED", "FAILING", "SUCCEEDING")) {
            assertUndecided(end, status("applicationState", Map.of("state", state)));
        }
        assertThat(succeeds(end, status("applicationState", Map.of("state", "COMPLETED"))))
                .isTrue();
        assertThat(fails(end, failed)).isTrue();
        assertThat(message(end, failed)).isEqualTo("driver container failed");
    }

    @Test
    void anInferenceServiceIsReadyOrBlocked() {
        Work.ResourceEnd end = end("inference-service.dag.yaml");
        List<Object> notReady = List.of(condition("Ready", "False"));
        Map<String, Object> blocked = status(
                "conditions",
                notReady,
                "modelStatus",
                Map.of(
                        "transitionStatus",
                        "BlockedByFailedLoad",
                        "lastFailureInfo",
                        Map.of("message", "no such model")));

        assertUndecided(end, Map.of("object", Map.of()));
        assertUndecided(end, status("conditions", notReady, "modelStatus", Map.of("transitionStatus", "InProgress")));
        assertThat(succeeds(end, status("conditions", List.of(condition("Ready", "True")))))
                .isTrue();
        assertThat(fails(end, blocked)).isTrue();
        assertThat(message(end, blocked)).isEqualTo("no such model");
    }
}
