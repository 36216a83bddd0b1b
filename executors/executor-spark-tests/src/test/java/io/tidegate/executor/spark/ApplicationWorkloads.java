package io.tidegate.executor.spark;

import io.tidegate.executor.Workload;
import io.tidegate.executor.testkit.ContractWorkloads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The contract's programs as submits of {@link ContractApplication}. */
record ApplicationWorkloads(Path jar, String mainClass) implements ContractWorkloads {
    ApplicationWorkloads(Path jar) {
        this(jar, ContractApplication.class.getName());
    }

    private Workload submit(String... arguments) {
        return new Workload.SparkApplication(jar.toString(), mainClass, List.of(arguments), List.of());
    }

    /** Runs a stage of four tasks, of which one waits until a file exists. */
    Workload waitsInStage(Path gate) {
        return submit("stages", gate.toString());
    }

    @Override
    public Workload exits(int exitCode) {
        return submit("exit", Integer.toString(exitCode));
    }

    @Override
    public Workload missing() {
        return new Workload.SparkApplication("/nowhere/does-not-exist.jar", "Main", List.of(), List.of());
    }

    @Override
    public Workload reportsArguments(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("arguments"));
        all.addAll(arguments);
        return submit(all.toArray(String[]::new));
    }

    @Override
    public Workload reportsEnvironment() {
        return submit("environment");
    }

    @Override
    public Workload reportsSpecification() {
        return submit("specification");
    }

    @Override
    public Workload printsAndWaits(String line, Path gate, int exitCode) {
        return submit("print", line, gate.toString(), Integer.toString(exitCode));
    }

    @Override
    public Workload countsStarts(Path starts, Path gate) {
        return submit("count", starts.toString(), gate.toString());
    }

    @Override
    public Workload floods(long bytes) {
        return submit("flood", Long.toString(bytes));
    }

    @Override
    public Workload printsEveryByte(int times) {
        return submit("bytes", Integer.toString(times));
    }

    @Override
    public Workload ignoresTermination(Path processIds) {
        return submit("ignore", processIds.toString());
    }

    @Override
    public Workload leavesChildBehind(Path processId) {
        return submit("leave", processId.toString());
    }
}
