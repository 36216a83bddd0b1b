package io.tidegate.executor.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Starts the launch script and hears which process claimed the attempt. */
final class ProcessStarter {
    private static final long LOOK_NANOS = 300_000;
    private static final int MOST_LOOKS = 50_000;
    private static final int MOST_LOOKS_AFTER_END = 1_000;
    private static final int MOST_BYTES_OF_ERROR = 2000;

    private final Tools tools;
    private final Path script;
    private final ProcessSettings settings;

    ProcessStarter(Tools tools, Path script, ProcessSettings settings) {
        this.tools = tools;
        this.script = script;
        this.settings = settings;
    }

    /** What came of a start. */
    sealed interface Start {
        /** This process runs the attempt: the one started now, or the one of a launch that was quicker. */
        record Claimed(ProcessIdentity identity) implements Start {}

        /** Nothing was started. */
        record Failed(String message) implements Start {}

        /** The script was started and has not said anything. */
        record Silent() implements Start {}
    }

    /**
     * @param started called when there is a process, before anything is heard of it
     * @param ended called on another thread when the started process ends
     */
    Start start(AttemptFolder folder, Command command, Runnable started, Runnable ended) {
        Process process;
        try {
            process = builder(folder, command).start();
        } catch (IOException e) {
            return new Start.Failed("cannot start a process: " + e.getMessage());
        }
        started.run();
        var unused = process.onExit().thenRun(ended);
        try {
            return awaitClaim(folder, process);
        } catch (IOException e) {
            return new Start.Silent();
        }
    }

    private ProcessBuilder builder(AttemptFolder folder, Command command) {
        List<String> line = new ArrayList<>(List.of(
                tools.setsid().toString(),
                tools.shell().toString(),
                script.toString(),
                folder.path().toString(),
                tools.dd().toString(),
                Long.toString(settings.logHead()),
                Long.toString(settings.logSegment())));
        line.addAll(command.resolved());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(command.workingDirectory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(command.environment());
        return builder;
    }

    /** The claim is there within milliseconds; looking for it often costs less than any notification would. */
    private static Start awaitClaim(AttemptFolder folder, Process process) throws IOException {
        int looksAfterEnd = 0;
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            boolean alive = process.isAlive();
            Optional<ProcessIdentity> identity = folder.claimant();
            if (identity.isPresent()) {
                return new Start.Claimed(identity.get());
            }
            // Another launch may have made the claim a moment ago and not have written it yet.
            boolean over = !alive && (!Files.exists(folder.started()) || looksAfterEnd++ >= MOST_LOOKS_AFTER_END);
            if (over) {
                return new Start.Failed("the launch script ended with code " + process.exitValue()
                        + " and started nothing; its output: " + output(folder));
            }
            if (Thread.currentThread().isInterrupted()) {
                return new Start.Silent();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return new Start.Silent();
    }

    private static String output(AttemptFolder folder) throws IOException {
        byte[] bytes = new AttemptLog(folder).read(0, MOST_BYTES_OF_ERROR);
        return bytes.length == 0 ? "(none)" : new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
