package io.tidegate.scheduler.plan;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.run.Run;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of an attempt outside: {@code <dag>-<step>-<last 12 hexadecimal digits of the run>-<attempt>}. A name that is too long or is not a
 * DNS label as it stands is shortened and gets a part of its hash, so that two steps of a run never share a key. Those digits of a run's
 * identifier are random, which keeps apart the keys of two installations with the same DAGs on one cluster. Pure.
 */
final class LaunchKeys {
    private static final int LONGEST_NAME = 20;
    private static final int HASH_BYTES = 4;
    private static final int RUN_DIGITS = 12;

    private LaunchKeys() {}

    static LaunchKey of(Run run, StepId step, int attempt) {
        String digits = run.id().toString().replace("-", "");
        return new LaunchKey(label(run.version().dag().value()) + "-" + label(step.value()) + "-"
                + digits.substring(digits.length() - RUN_DIGITS) + "-" + attempt);
    }

    private static String label(String name) {
        if (name.length() <= LONGEST_NAME && name.indexOf('_') < 0 && name.indexOf('.') < 0) {
            return name;
        }
        String hash = HexFormat.of().formatHex(sha256(name), 0, HASH_BYTES);
        int room = LONGEST_NAME - hash.length() - 1;
        String start = name.substring(0, Math.min(room, name.length()))
                .replace('_', '-')
                .replace('.', '-');
        return start + (start.endsWith("-") ? "" : "-") + hash;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 (java.security.MessageDigest)", e);
        }
    }
}
