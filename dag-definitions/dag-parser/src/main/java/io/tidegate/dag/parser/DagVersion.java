package io.tidegate.dag.parser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/** Names what a DAG is: the same definition with the same files beside it is the same version. */
public final class DagVersion {
    private DagVersion() {}

    /**
     * The version's name: SHA-256 (FIPS 180-4) over the canonical form and the digests of the files beside the DAG. Comments, the order
     * of keys and white space of the YAML do not count.
     *
     * @param canonicalForm see {@link CanonicalForm}
     * @param fileDigests digests by path; each path and digest counts
     * @return 64 lower-case hexadecimal digits
     */
    public static String of(String canonicalForm, SortedMap<String, String> fileDigests) {
        String named = CanonicalForm.write(Map.of("definition", canonicalForm, "files", fileDigests));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(named.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every Java platform has SHA-256", exception);
        }
    }
}
