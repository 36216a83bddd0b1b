package io.tidegate.executor.spark.yarn;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.executor.process.ExitMessages;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;

/** Says how an application of YARN ended. */
final class YarnEnds {
    private static final Pattern EXIT_CODE = Pattern.compile("exitCode: (-?[0-9]+)");
    private static final int LONGEST_MESSAGE = 500;

    /** Aborted, lost with its node, disks failed, preempted, and killed by the resource manager (ContainerExitStatus). */
    private static final Set<Integer> OF_THE_CLUSTER = Set.of(-100, -101, -102, -106, -107);

    private YarnEnds() {}

    /** Empty while it has not ended. */
    static Optional<Observation.Ended> of(ApplicationReport report) {
        YarnApplicationState state = report.getYarnApplicationState();
        return switch (state) {
            case NEW, NEW_SAVING, SUBMITTED, ACCEPTED, RUNNING -> Optional.empty();
            case KILLED ->
                Optional.of(new Observation.Ended(
                        OptionalInt.empty(),
                        Optional.of(FailureKind.USER),
                        "the application was killed: " + shortened(report.getDiagnostics())));
            case FINISHED, FAILED ->
                Optional.of(
                        report.getFinalApplicationStatus() == FinalApplicationStatus.SUCCEEDED
                                ? Observation.Ended.succeeded()
                                : failed(report.getDiagnostics()));
        };
    }

    private static Observation.Ended failed(String diagnostics) {
        Matcher matcher = EXIT_CODE.matcher(diagnostics == null ? "" : diagnostics);
        if (!matcher.find()) {
            return new Observation.Ended(OptionalInt.empty(), Optional.of(FailureKind.USER), shortened(diagnostics));
        }
        int exitCode = Integer.parseInt(matcher.group(1));
        if (exitCode < 0) {
            FailureKind kind = OF_THE_CLUSTER.contains(exitCode) ? FailureKind.PLATFORM : FailureKind.USER;
            return new Observation.Ended(OptionalInt.empty(), Optional.of(kind), shortened(diagnostics));
        }
        return ExitMessages.ended(exitCode);
    }

    private static String shortened(String diagnostics) {
        String text = diagnostics == null ? "" : diagnostics.strip();
        String line = text.lines().filter(part -> !part.isBlank()).findFirst().orElse("YARN does not say why");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }
}
