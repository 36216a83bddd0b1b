package io.tidegate.executor.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Puts the launch script beside the attempts. Shells read a script while they run it, so an installed script never changes: its name
 * holds the hash of its text, and a newer Tidegate installs another one.
 */
final class LaunchScript {
    private static final int HASH_CHARACTERS = 12;

    private LaunchScript() {}

    /** @throws UncheckedIOException when the folder of the attempts cannot be written */
    static Path install(Path attempts) {
        byte[] text = text();
        // A launch key cannot begin with a dot, so no attempt is ever called this.
        Path folder = attempts.resolve(".tidegate");
        Path script = folder.resolve("launch-" + hash(text) + ".sh");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(script)) {
                Path temporary = Files.createTempFile(folder, ".new", "");
                Files.write(temporary, text);
                Files.move(temporary, script, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the folder of the attempts, " + attempts
                            + ", cannot be written: give its user the right to, or name another one",
                    e);
        }
    }

    private static byte[] text() {
        try (InputStream stream = LaunchScript.class.getResourceAsStream("launch.sh")) {
            if (stream == null) {
                throw new IllegalStateException("launch.sh is missing beside " + LaunchScript.class.getName());
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
