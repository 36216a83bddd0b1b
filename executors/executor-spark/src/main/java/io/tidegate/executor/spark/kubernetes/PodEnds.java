package io.tidegate.executor.spark.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.executor.process.ExitMessages;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Says how the pod of a driver ended. */
final class PodEnds {
    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "Evicted", "NodeLost", "NodeShutdown", "Preempting", "Shutdown", "Terminated", "UnexpectedAdmissionError");

    private PodEnds() {}

    /** Empty while it has not ended. */
    static Optional<Observation.Ended> of(JsonNode status) {
        return switch (status.path("phase").asText()) {
            case "Succeeded" -> Optional.of(Observation.Ended.succeeded());
            case "Failed" -> Optional.of(failed(status));
            default -> Optional.empty();
        };
    }

    private static Observation.Ended failed(JsonNode status) {
        String reason = status.path("reason").asText();
        if (OF_THE_CLUSTER.contains(reason)) {
            return new Observation.Ended(
                    OptionalInt.empty(),
                    Optional.of(FailureKind.PLATFORM),
                    reason + ": " + status.path("message").asText());
        }
        for (JsonNode container : status.path("containerStatuses")) {
            JsonNode terminated = container.path("state").path("terminated");
            if (terminated.path("exitCode").asInt() != 0) {
                return terminated(terminated);
            }
        }
        return new Observation.Ended(
                OptionalInt.empty(), Optional.of(FailureKind.USER), "the driver failed; its log says why");
    }

    private static Observation.Ended terminated(JsonNode terminated) {
        int exitCode = terminated.path("exitCode").asInt();
        if (terminated.path("reason").asText().equals("OOMKilled")) {
            return Observation.Ended.failed(
                    FailureKind.USER, exitCode, "the driver was killed because it used more memory than it may");
        }
        return ExitMessages.ended(exitCode);
    }
}
