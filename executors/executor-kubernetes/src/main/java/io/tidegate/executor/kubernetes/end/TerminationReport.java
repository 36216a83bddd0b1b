package io.tidegate.executor.kubernetes.end;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.tidegate.executor.kubernetes.manifest.JobManifest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The step's report, which comes in the pod's status: Kubernetes keeps the last 4096 bytes of it.
 *
 * @param text the report without a line that was cut
 * @param warning what people are told when it was cut
 */
public record TerminationReport(String text, Optional<String> warning) {
    // With these the message is the container runtime's, not the program's.
    private static final Set<String> NOT_THE_PROGRAMS =
            Set.of("StartError", "ContainerCannotRun", "ContainerStatusUnknown");

    /** The report of a container; empty when it wrote none. */
    public static Optional<TerminationReport> of(ContainerStateTerminated terminated) {
        String message = terminated.getMessage();
        if (message == null || NOT_THE_PROGRAMS.contains(PodStates.text(terminated.getReason(), ""))) {
            return Optional.empty();
        }
        if (message.getBytes(StandardCharsets.UTF_8).length < JobManifest.MOST_BYTES_OF_REPORT) {
            return Optional.of(new TerminationReport(message, Optional.empty()));
        }
        // The first line may lack its beginning.
        String whole = message.substring(message.indexOf('\n') + 1);
        return Optional.of(new TerminationReport(
                whole,
                Optional.of("the report has reached " + JobManifest.MOST_BYTES_OF_REPORT
                        + " bytes, of which Kubernetes keeps the last: what came before is missing. Send larger reports to"
                        + " TIDEGATE_API")));
    }
}
