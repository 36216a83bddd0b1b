package io.tidegate.executor.kubernetes.end;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tidegate.condition.Compilation;
import io.tidegate.condition.Evaluation;
import io.tidegate.condition.Expression;
import io.tidegate.condition.ExpressionLanguage;
import io.tidegate.condition.ValueType;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation.Ended;
import io.tidegate.executor.Workload.CustomResource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How a custom resource says that it has ended: its conditions, compiled. Immutable. */
public final class ResourceEnds {
    private static final ExpressionLanguage LANGUAGE = ExpressionLanguage.of(Map.of("object", ValueType.DYNAMIC));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final Expression<Boolean> succeedsWhen;
    private final Optional<Expression<Boolean>> failsWhen;
    private final Optional<Expression<String>> message;

    /** @throws IllegalArgumentException when an expression cannot be compiled; the message says where and why */
    public ResourceEnds(CustomResource.End end) {
        succeedsWhen = compiled("succeeds_when", LANGUAGE.condition(end.succeedsWhen()));
        failsWhen = end.failsWhen().map(text -> compiled("fails_when", LANGUAGE.condition(text)));
        message = end.message().map(text -> compiled("message", LANGUAGE.text(text)));
    }

    private static <T> Expression<T> compiled(String field, Compilation<T> compilation) {
        if (!compilation.problems().isEmpty()) {
            throw new IllegalArgumentException(
                    field + ":" + compilation.problems().get(0));
        }
        return compilation.expression();
    }

    /** How the resource ended; empty while it may go on. What asks for a field that is not there is not met yet. */
    public Optional<Ended> of(GenericKubernetesResource resource) {
        Map<String, Object> object = Map.of("object", JSON.convertValue(resource, FIELDS));
        if (failsWhen.isPresent()) {
            Optional<Ended> failed = failed(failsWhen.get(), object);
            if (failed.isPresent()) {
                return failed;
            }
        }
        Evaluation<Boolean> succeeded = succeedsWhen.evaluate(object);
        return succeeded.result().orElse(false)
                ? Optional.of(Ended.succeeded())
                : undecidable("succeeds_when", succeeded);
    }

    private Optional<Ended> failed(Expression<Boolean> condition, Map<String, Object> object) {
        Evaluation<Boolean> failed = condition.evaluate(object);
        if (!failed.result().orElse(false)) {
            return undecidable("fails_when", failed);
        }
        String why = message.flatMap(text -> text.evaluate(object).result())
                .filter(text -> !text.isBlank())
                .orElse("its condition for failure holds: " + condition.text().strip());
        return Optional.of(user(why));
    }

    private static Optional<Ended> undecidable(String field, Evaluation<Boolean> evaluation) {
        boolean never =
                evaluation instanceof Evaluation.Failed<Boolean> failed && failed.cause() != Evaluation.Cause.MISSING;
        return never
                ? Optional.of(
                        user(field + " cannot be decided: " + ((Evaluation.Failed<Boolean>) evaluation).message()))
                : Optional.empty();
    }

    private static Ended user(String message) {
        return new Ended(OptionalInt.empty(), Optional.of(FailureKind.USER), message);
    }
}
