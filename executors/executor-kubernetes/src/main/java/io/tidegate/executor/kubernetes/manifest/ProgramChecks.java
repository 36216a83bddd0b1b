package io.tidegate.executor.kubernetes.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What Linux gives to no program: a Job that asks for it would be accepted by the cluster and fail on the node. */
final class ProgramChecks {
    private static final int MOST_BYTES_OF_ONE = 128 * 1024 - 1;
    // Kubernetes keeps an object in etcd, whose usual limit is 1.5 MiB.
    private static final long MOST_BYTES_OF_ALL = 1_000_000;
    // All annotations of an object together: 256 KiB, of which others need some.
    private static final int MOST_BYTES_OF_SPECIFICATION = 200 * 1024;

    private ProgramChecks() {}

    static void check(List<String> arguments, Map<String, String> environment, String specification)
            throws RefusedException {
        long bytes = 0;
        for (int index = 0; index < arguments.size(); index++) {
            bytes += check(index == 0 ? "the program's name" : "argument " + index, arguments.get(index));
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            bytes += check("environment variable " + variable.getKey(), variable.getKey() + "=" + variable.getValue());
        }
        if (bytes > MOST_BYTES_OF_ALL) {
            throw RefusedException.user("arguments and environment are " + bytes + " bytes together, more than the "
                    + MOST_BYTES_OF_ALL + " that fit into a Job: hand long values over in a file");
        }
        int size = specification.getBytes(StandardCharsets.UTF_8).length;
        if (size > MOST_BYTES_OF_SPECIFICATION) {
            throw RefusedException.user("the step's specification is " + size + " bytes, more than the "
                    + MOST_BYTES_OF_SPECIFICATION + " that fit into a Job: read fewer partitions in one step");
        }
    }

    private static long check(String what, String text) throws RefusedException {
        if (text.indexOf('\0') >= 0) {
            throw RefusedException.user(what + " contains a NUL character, which no program can be given");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES_OF_ONE) {
            throw RefusedException.user(what + " is " + bytes + " bytes long, more than the " + MOST_BYTES_OF_ONE
                    + " a program can be given: hand long values over in a file");
        }
        return bytes + 1L;
    }
}
