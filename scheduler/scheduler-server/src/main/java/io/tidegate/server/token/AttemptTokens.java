package io.tidegate.server.token;

import io.tidegate.executor.LaunchKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks the token of an attempt: HMAC-SHA256 (RFC 2104) of its launch key under a secret of this installation. Nothing needs
 * to be stored for it, and a restarted server knows it again. Whether the attempt may still report is for the caller to ask. Thread-safe.
 */
public final class AttemptTokens {
    private static final System.Logger LOG = System.getLogger(AttemptTokens.class.getName());
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final String PREFIX = "tgat_";

    private final SecretKeySpec secret;

    private AttemptTokens(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Uses a secret that nobody else knows and that ends with this object. */
    public static AttemptTokens unkept() {
        return new AttemptTokens(newSecret());
    }

    /** Uses the secret kept in a file, which is made, readable by its owner alone, when it is not there. */
    public static AttemptTokens keptIn(Path file) throws IOException {
        try {
            return read(file);
        } catch (NoSuchFileException firstStart) {
            Path temporary = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    ".secret",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, Base64.getEncoder().encodeToString(newSecret()));
            linkUnlessThere(file, temporary);
            Files.delete(temporary);
            return read(file);
        }
    }

    private static AttemptTokens read(Path file) throws IOException {
        return new AttemptTokens(
                Base64.getDecoder().decode(Files.readString(file).strip()));
    }

    /** Another server that starts just now may be quicker: its secret is everybody's. */
    private static void linkUnlessThere(Path file, Path temporary) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException quicker) {
            LOG.log(System.Logger.Level.DEBUG, "another server made the secret");
        }
    }

    private static byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** The token of an attempt. The prefix lets secret scanners know it. */
    public String tokenOf(LaunchKey key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] code = mac.doFinal(key.value().getBytes(StandardCharsets.UTF_8));
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
        }
    }

    /** Whether the token is the attempt's; takes the same time whatever the answer. */
    public boolean matches(LaunchKey key, String token) {
        return MessageDigest.isEqual(
                tokenOf(key).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
