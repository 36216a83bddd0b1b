package io.tidegate.executor.testkit;

import io.tidegate.executor.Workload;
import java.nio.file.Path;
import java.util.List;

/** The programs that {@link ExecutorContract} needs, in the form that the executor under test starts. */
public interface ContractWorkloads {
    /** Ends at once with this exit code. */
    Workload exits(int exitCode);

    /** Cannot be started because it does not exist. */
    Workload missing();

    /** Reports each of its arguments, and a NUL character after each. */
    Workload reportsArguments(List<String> arguments);

    /** Reports its environment as {@code NAME=value}, and a NUL character after each. */
    Workload reportsEnvironment();

    /** Reports what the document at TIDEGATE_SPECIFICATION says. */
    Workload reportsSpecification();

    /** Prints a line to standard output and to standard error, reports it too, waits until a file exists, and ends. */
    Workload printsAndWaits(String line, Path gate, int exitCode);

    /** Adds a line to a file each time it is started, and waits until another file exists. */
    Workload countsStarts(Path starts, Path gate);

    /** Prints so many bytes without a line break. */
    Workload floods(long bytes);

    /** Prints every byte value there is, in order, and the same again, so many times. */
    Workload printsEveryByte(int times);

    /**
     * Ignores SIGTERM, as do its child and a child that left for a session of its own. Writes the three process ids into a file, a line
     * each, when all are there.
     */
    Workload ignoresTermination(Path processIds);

    /** Starts a child in a session of its own that would go on for ever, writes its process id into a file, and ends well. */
    Workload leavesChildBehind(Path processId);
}
