package io.tidegate.executor.spark.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys in PEM (RFC 7468). Java reads PKCS #8 only; clusters also hand out the older form of RSA keys, PKCS #1. */
final class PrivateKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    /** Version 0, and the algorithm rsaEncryption without parameters (RFC 5208, RFC 8017). */
    private static final byte[] RSA_HEADING = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private PrivateKeys() {}

    /** @throws IOException when it is no private key, or of a kind that is not read */
    static PrivateKey read(String pem) throws IOException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new IOException("the client's key is no private key in PEM");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(block.group(2));
        String kind = block.group(1).strip();
        byte[] encoded = switch (kind) {
            case "" -> bytes;
            case "RSA" -> element(SEQUENCE, concatenated(RSA_HEADING, element(OCTET_STRING, bytes)));
            default ->
                throw new IOException("the client's key is of kind " + kind
                        + ", which is not read: openssl pkcs8 -topk8 -nocrypt makes one that is");
        };
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException another) {
                // The form does not say the algorithm where Java could ask for it; the next one is tried.
                continue;
            }
        }
        throw new IOException("the client's key is of an algorithm that is not known");
    }

    /** In the distinguished encoding rules of X.690. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int index = bytes - 1; index >= 0; index--) {
                out.write(content.length >> (8 * index));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
