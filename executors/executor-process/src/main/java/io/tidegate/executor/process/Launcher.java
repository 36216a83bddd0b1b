package io.tidegate.executor.process;

import io.tidegate.executor.LaunchKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shell that starts attempts: one for all of them, in a session of its own. A program is started by forking that shell, which costs
 * a fraction of a start by the Java runtime, which would have to start a session and another shell for each. Attempts go on without the
 * launcher, and the launcher is started again when it is gone. Safe for use by several threads.
 */
final class Launcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Launcher.class.getName());
    private static final byte[] SCRIPT = script();
    private static final Pattern SPACE = Pattern.compile(" ");

    private final List<String> line;
    private final Tools tools;
    private final String name;
    private final Listener listener;
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    // Guarded by this.
    private Process shell;
    private long lastNumber;
    private boolean closed;

    private record Pending(LaunchKey key, Process shell, CompletableFuture<Answer> answer) {}

    /** Hears of attempts, on one thread at a time, in the order in which things happened. */
    interface Listener {
        /** This launcher started the attempt and will tell of its end. */
        void started(LaunchKey key);

        /** The program ended with this exit code, and its log is complete. */
        void ended(LaunchKey key, int exitCode);

        /** The ends of the attempts that were started will not be told any more. */
        void gone();
    }

    /** What the launcher says of a request. */
    sealed interface Answer {
        /** This process claimed the attempt and starts the program. */
        record Claimed(ProcessIdentity identity) implements Answer {}

        /** The claim is there already, or cannot be made. */
        record Taken() implements Answer {}

        /** Nothing was started. */
        record Failed(String message) implements Answer {}

        /** The launcher ended, and nobody knows how far it had come. */
        record Gone() implements Answer {}
    }

    Launcher(Tools tools, ProcessSettings settings, Listener listener) {
        this.line = Stream.concat(
                        tools.setsid().stream(),
                        Stream.of(
                                tools.shell().toString(),
                                "-s",
                                settings.attempts().toString(),
                                tools.dd().toString(),
                                Long.toString(settings.logHead()),
                                Long.toString(settings.logSegment())))
                .toList();
        this.tools = tools;
        this.name = settings.name();
        this.listener = listener;
    }

    /** Asks for an attempt to be started; the answer comes within milliseconds. */
    synchronized CompletableFuture<Answer> start(LaunchKey key, AttemptFolder folder, Command command) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (closed) {
            answer.complete(new Answer.Gone());
            return answer;
        }
        long number = ++lastNumber;
        byte[] request = LauncherRequest.start(number, key, folder, command, tools);
        try {
            if (shell == null || !shell.isAlive()) {
                shell = open();
            }
            pending.put(number, new Pending(key, shell, answer));
            write(request);
        } catch (IOException e) {
            // What is written in part is not run.
            pending.remove(number);
            answer.complete(new Answer.Failed("cannot start a process: " + e.getMessage()));
        }
        return answer;
    }

    private Process open() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", Tools.USUAL_FOLDERS);
        Process process = builder.start();
        process.getOutputStream().write(SCRIPT);
        process.getOutputStream().flush();
        Thread reader = new Thread(() -> listen(process), "tidegate-" + name + "-launcher");
        reader.setDaemon(true);
        reader.start();
        var unused = process.onExit().thenAccept(this::forget);
        return process;
    }

    private void write(byte[] request) throws IOException {
        OutputStream requests = shell.getOutputStream();
        requests.write(request);
        requests.flush();
    }

    private void listen(Process process) {
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String event = events.readLine(); event != null; event = events.readLine()) {
                hear(SPACE.split(event));
            }
        } catch (IOException e) {
            // The Java runtime closes the pipe when the launcher has ended.
            LOG.log(System.Logger.Level.DEBUG, "the launcher tells no more", e);
        }
    }

    private void hear(String[] event) {
        if (event[0].equals("ended")) {
            listener.ended(new LaunchKey(event[1]), Integer.parseInt(event[2]));
            return;
        }
        Pending request = pending.remove(Long.parseLong(event[1]));
        if (request == null) {
            return;
        }
        if (event[0].equals("claimed")) {
            listener.started(request.key());
            request.answer()
                    .complete(new Answer.Claimed(
                            new ProcessIdentity(Long.parseLong(event[2]), Long.parseLong(event[3]), event[4])));
        } else {
            request.answer()
                    .complete(
                            event[0].equals("taken")
                                    ? new Answer.Taken()
                                    : new Answer.Failed("the working directory cannot be entered"));
        }
    }

    /** Lets the shell forget the forks that have ended, also those that were killed. To be called now and then. */
    synchronized void tidy() {
        if (shell == null) {
            return;
        }
        try {
            write(LauncherRequest.tidy());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the launcher does not read any more", e);
        }
    }

    private void forget(Process process) {
        synchronized (this) {
            if (shell == process) {
                shell = null;
            }
            if (!closed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the launcher of executor ''{0}'' ended with code {1}; the next launch starts another one",
                        name,
                        process.exitValue());
            }
        }
        pending.forEach((number, request) -> {
            if (request.shell() == process && pending.remove(number, request)) {
                request.answer().complete(new Answer.Gone());
            }
        });
        listener.gone();
    }

    /** Ends the launcher; attempts go on. */
    @Override
    public synchronized void close() {
        closed = true;
        if (shell == null) {
            return;
        }
        try {
            shell.getOutputStream().close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the launcher was gone already", e);
        }
    }

    private static byte[] script() {
        try (InputStream stream = Launcher.class.getResourceAsStream("launcher.sh")) {
            if (stream == null) {
                throw new IllegalStateException("launcher.sh is missing beside " + Launcher.class.getName());
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
