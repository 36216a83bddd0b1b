package io.tidegate.executor.kubernetes;

import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.ContractWorkloads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The contract's programs as shell scripts that run in any image with a shell. The first process of a container cannot kill itself. */
final class PodWorkloads implements ContractWorkloads {
    private static final String WAIT = "while [ ! -e \"$2\" ]; do sleep 0.05; done";

    private static Workload shell(String script, String... arguments) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        line.addAll(List.of(arguments));
        return new Workload.CommandLine(line);
    }

    @Override
    public Workload exits(int exitCode) {
        return shell("exit \"$1\"", Integer.toString(exitCode));
    }

    @Override
    public Workload missing() {
        return new Workload.CommandLine(List.of("does-not-exist", "argument"));
    }

    @Override
    public Workload reportsArguments(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", "printf '%s\\0' \"$@\" >> \"$TIDEGATE_OUTPUT\"", "sh"));
        line.addAll(arguments);
        return new Workload.CommandLine(line);
    }

    @Override
    public Workload reportsEnvironment() {
        return shell("env -0 | grep -z -e TIDEGATE_ -e GREETING >> \"$TIDEGATE_OUTPUT\"");
    }

    @Override
    public Workload reportsSpecification() {
        return shell("cat \"$TIDEGATE_SPECIFICATION\" >> \"$TIDEGATE_OUTPUT\"");
    }

    @Override
    public Workload printsAndWaits(String line, Path gate, int exitCode) {
        return shell(
                "echo \"$1\"; echo \"$1\" > /dev/stderr; echo \"$1\" >> \"$TIDEGATE_OUTPUT\"\n" + WAIT
                        + "; exit \"$3\"",
                line,
                gate.toString(),
                Integer.toString(exitCode));
    }

    @Override
    public Workload countsStarts(Path starts, Path gate) {
        return shell("echo started >> \"$1\"; " + WAIT, starts.toString(), gate.toString());
    }

    @Override
    public Workload floods(long bytes) {
        return shell("head -c \"$1\" /dev/zero | tr '\\0' a", Long.toString(bytes));
    }

    @Override
    public Workload printsEveryByte(int times) {
        return shell(
                "octal=''; i=0; while [ $i -lt 256 ]; do octal=\"$octal\\\\$(printf '%03o' $i)\"; i=$((i + 1)); done\n"
                        + "i=0; while [ $i -lt \"$1\" ]; do printf \"$octal\"; i=$((i + 1)); done",
                Integer.toString(times));
    }

    @Override
    public Workload ignoresTermination(Path processIds) {
        return shell("trap '' TERM; echo $$ > \"$1\"; while :; do sleep 1; done", processIds.toString());
    }

    @Override
    public Workload leavesChildBehind(Path processId) {
        return shell("sleep 1000 & echo $! > \"$1\"", processId.toString());
    }
}
