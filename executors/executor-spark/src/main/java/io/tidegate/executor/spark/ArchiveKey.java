package io.tidegate.executor.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the archive that fits a Spark home and a Java runtime as they are now. Any change of a jar's name, size or date, or of the
 * runtime, gives another name.
 *
 * @param place hash of where home and runtime are
 * @param content hash of what they are
 */
record ArchiveKey(String place, String content) {
    private static final int HASH_CHARACTERS = 16;

    /**
     * @param firstOnClassPath the folder that comes before the home's jars; an archive is good for one class path only
     * @throws IOException when the home or the runtime cannot be read
     */
    static ArchiveKey of(SparkHome home, JavaRuntime java, Path firstOnClassPath) throws IOException {
        MessageDigest place = sha256();
        add(place, home.path().toRealPath().toString());
        add(place, java.home().toString());
        add(place, firstOnClassPath.toString());
        MessageDigest content = sha256();
        for (Path jar : home.jars()) {
            addFile(content, jar);
        }
        addFile(content, home.submitScript());
        addFile(content, java.virtualMachine());
        addFile(content, java.release());
        return new ArchiveKey(hex(place), hex(content));
    }

    String fileName() {
        return place + "-" + content + ".jsa";
    }

    private static void addFile(MessageDigest digest, Path file) throws IOException {
        if (Files.exists(file)) {
            add(
                    digest,
                    file.getFileName() + " " + Files.size(file) + " "
                            + Files.getLastModifiedTime(file).toMillis());
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
