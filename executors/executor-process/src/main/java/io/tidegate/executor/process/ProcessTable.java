package io.tidegate.executor.process;

import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the processes of attempts among those of the machine: by the launch key in their environment, which children inherit also
 * when they leave the session. A program that wipes its environment and leaves its session hides; nothing but a control group
 * would find it.
 */
final class ProcessTable {
    static final String LAUNCH_KEY_VARIABLE = "TIDEGATE_LAUNCH_KEY";
    static final String INSTALLATION_VARIABLE = "TIDEGATE_INSTALLATION";
    /** Cluster for attempts whose program goes on in a cluster: only what is in the program's own session is the attempt's local part. */
    static final String DEPLOY_MODE_VARIABLE = "TIDEGATE_DEPLOY_MODE";

    static final String CLUSTER = "cluster";

    private static final String TAG = LAUNCH_KEY_VARIABLE + "=";
    private static final String ELSEWHERE = DEPLOY_MODE_VARIABLE + "=" + CLUSTER;
    private static final String INSTALLATION_TAG = INSTALLATION_VARIABLE + "=";
    private static final Pattern NUL = Pattern.compile("\0");
    private static final Path PROCESSES = Path.of("/proc");

    private final Path attempts;

    ProcessTable(Path attempts) {
        this.attempts = attempts;
    }

    /** A process of an attempt. */
    record Member(LaunchKey key, long pid, long startTicks) {
        /** Sends SIGTERM. The handle compares the start time, so that a process that took over the id is left alone. */
        void terminate() {
            handle().ifPresent(ProcessHandle::destroy);
        }

        /** Sends SIGKILL. */
        void kill() {
            handle().ifPresent(ProcessHandle::destroyForcibly);
        }

        private Optional<ProcessHandle> handle() {
            Optional<ProcessHandle> handle = ProcessHandle.of(pid);
            boolean same = ProcessStat.read(pid)
                    .filter(stat -> stat.startTicks() == startTicks)
                    .isPresent();
            return same ? handle : Optional.empty();
        }
    }

    /** The living processes of these attempts that are the programs' own. */
    List<Member> programsOf(Set<LaunchKey> keys) {
        return members(keys, false);
    }

    /** The living processes of an attempt, with those that write its exit code and its log, and with a program that hides. */
    List<Member> everythingOf(LaunchKey key) {
        List<Member> all = members(Set.of(key), true);
        claimant(key)
                .filter(ProcessIdentity::isAlive)
                .flatMap(process -> ProcessHandle.of(process.pid()))
                .ifPresent(leader -> Stream.concat(leader.descendants(), Stream.of(leader))
                        .flatMap(process -> ProcessStat.read(process.pid()).stream())
                        .forEach(stat -> all.add(new Member(key, stat.pid(), stat.startTicks()))));
        return all;
    }

    private Optional<ProcessIdentity> claimant(LaunchKey key) {
        try {
            return AttemptFolder.of(attempts, key).claimant();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The launch keys that living processes of this machine carry, with the marks of the installations that go with them. */
    Map<LaunchKey, Set<String>> livingKeys() {
        Map<LaunchKey, Set<String>> keys = new HashMap<>();
        for (long pid : processIds()) {
            keyOf(pid)
                    .filter(key -> isAlive(pid))
                    .ifPresent(key ->
                            keys.computeIfAbsent(key, first -> new HashSet<>()).addAll(marks(pid)));
        }
        return keys;
    }

    private static List<String> marks(long pid) {
        return read(pid, "environ").stream()
                .filter(variable -> variable.startsWith(INSTALLATION_TAG))
                .map(variable -> variable.substring(INSTALLATION_TAG.length()))
                .toList();
    }

    private static boolean isAlive(long pid) {
        return ProcessStat.read(pid).filter(stat -> !stat.isZombie()).isPresent();
    }

    private List<Member> members(Set<LaunchKey> keys, boolean withMachinery) {
        List<Member> members = new ArrayList<>();
        for (long pid : processIds()) {
            keyOf(pid)
                    .filter(keys::contains)
                    .filter(key -> withMachinery || !isMachinery(key, pid))
                    .ifPresent(key -> ProcessStat.read(pid)
                            .filter(stat -> !stat.isZombie())
                            .ifPresent(stat -> members.add(new Member(key, pid, stat.startTicks()))));
        }
        return members;
    }

    /**
     * Today's launcher has no launch key in its environment. That of earlier versions, whose attempts may still run, did: its subshells
     * carry its command line, and dd writes the attempt's log.
     */
    private boolean isMachinery(LaunchKey key, long pid) {
        List<String> command = read(pid, "cmdline");
        String scripts = attempts.resolve(".tidegate").resolve("launch-").toString();
        String log = "of=" + AttemptFolder.of(attempts, key).log();
        boolean script = command.size() > 1 && command.get(1).startsWith(scripts);
        return script || command.stream().anyMatch(argument -> argument.startsWith(log));
    }

    private Optional<LaunchKey> keyOf(long pid) {
        String text = text(pid, "environ");
        // True of next to none of the machine's processes, each of which is looked at.
        if (!text.contains(TAG)) {
            return Optional.empty();
        }
        List<String> environment = Arrays.asList(NUL.split(text));
        return environment.stream()
                .filter(variable -> variable.startsWith(TAG))
                .map(variable -> variable.substring(TAG.length()))
                .findFirst()
                .flatMap(ProcessTable::key)
                .filter(key -> !environment.contains(ELSEWHERE) || isInSession(pid, key));
    }

    /** The cluster may have put its part on this very machine, where it is not ours to end. */
    private boolean isInSession(long pid, LaunchKey key) {
        try {
            Optional<ProcessStat> stat = ProcessStat.read(pid);
            return stat.isPresent()
                    && AttemptFolder.of(attempts, key).isSession(stat.get().session());
        } catch (IOException e) {
            return false;
        }
    }

    /** A program may set the variable to anything. */
    private static Optional<LaunchKey> key(String value) {
        try {
            return Optional.of(new LaunchKey(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<String> read(long pid, String file) {
        return Arrays.asList(NUL.split(text(pid, file)));
    }

    private static String text(long pid, String file) {
        try {
            return Files.readString(PROCESSES.resolve(Long.toString(pid)).resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It ended, or belongs to somebody else.
            return "";
        }
    }

    private static List<Long> processIds() {
        String[] names = PROCESSES.toFile().list();
        if (names == null) {
            throw new UncheckedIOException(
                    new IOException("cannot list " + PROCESSES + ", which local processes need"));
        }
        return Arrays.stream(names)
                .filter(name -> Character.isDigit(name.charAt(0)))
                .map(Long::valueOf)
                .toList();
    }
}
