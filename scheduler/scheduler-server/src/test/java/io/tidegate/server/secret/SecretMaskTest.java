package io.tidegate.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.executor.AttemptOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretMaskTest {
    private static final String SECRET = "p4ss/w\"örd+ ~x?";
    private static final SecretMask MASK = SecretMask.of(List.of(SECRET));

    /** A log whose bytes come in stretches, as an executor gives them. */
    private record Log(byte[] bytes) implements AttemptOutput {
        @Override
        public long logSize() {
            return bytes.length;
        }

        @Override
        public byte[] readLog(long offset, int maximumBytes) {
            int from = (int) Math.min(offset, bytes.length);
            return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, (long) from + maximumBytes));
        }

        @Override
        public InputStream report() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private static String readIn(AttemptOutput output, int stretch) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (long offset = 0; offset < output.logSize(); offset += stretch) {
            all.write(output.readLog(offset, stretch));
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aValueIsHiddenAsItIs() {
        String hidden = MASK.hide("the password is " + SECRET + ", twice " + SECRET + SECRET);
        assertThat(hidden).matches("the password is \\*+, twice \\*+").doesNotContain("p4ss");
        assertThat(MASK.hide("nothing of it here")).isEqualTo("nothing of it here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "user:", "Aladdin:"})
    void aValueIsHiddenInBase64WhereverItBegins(String before) {
        byte[] text = (before + SECRET + " and more").getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            String encoded = encoder.encodeToString(text);
            String hidden = MASK.hide("Basic " + encoded);
            // Not more of it stays than the characters that it shares with its neighbours.
            assertThat(hidden).hasSameSizeAs("Basic " + encoded);
            long stars = hidden.chars().filter(character -> character == '*').count();
            assertThat(stars).isGreaterThanOrEqualTo(SECRET.getBytes(StandardCharsets.UTF_8).length * 8L / 6 - 2);
        }
    }

    @Test
    void aValueIsHiddenInUrlsAndInJson() {
        String form = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        for (String encoded : List.of(
                form,
                form.replace("+", "%20"),
                "p4ss%2fw%22%c3%b6rd%2b%20~x%3f",
                "p4ss/w%22%C3%B6rd%2B%20~x%3F",
                "p4ss/w\\\"\\u00F6rd+ ~x?",
                "p4ss\\/w\\\"örd+ ~x?")) {
            assertThat(MASK.hide("?key=" + encoded + "&next")).as(encoded).matches("\\?key=\\*+&next");
        }
    }

    @Test
    void eachLineOfALongValueIsHidden() {
        SecretMask mask = SecretMask.of(List.of("-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n"));
        assertThat(mask.hide("got kqhkiG9w0BAQEF\r\n")).isEqualTo("got **************\r\n");
    }

    @Test
    void aValueIsHiddenAcrossTheBordersOfStretches() throws IOException {
        String text = "before " + SECRET + " between "
                + Base64.getEncoder().encodeToString(("u:" + SECRET).getBytes(StandardCharsets.UTF_8)) + " after\n";
        AttemptOutput output = new MaskedOutput(new Log(text.getBytes(StandardCharsets.UTF_8)), () -> MASK);
        String whole = readIn(output, 10_000);
        assertThat(whole).startsWith("before ****").endsWith(" after\n").doesNotContain("rd+ ~");
        for (int stretch = 1; stretch < 60; stretch++) {
            assertThat(readIn(output, stretch)).as("in stretches of " + stretch).isEqualTo(whole);
        }
    }

    @Test
    void theBeginningOfAValueAtTheEndOfAGrowingLogIsHidden() throws IOException {
        byte[] half = "login with p4ss/w\"".getBytes(StandardCharsets.UTF_8);
        assertThat(readIn(new MaskedOutput(new Log(half), () -> MASK), 100)).isEqualTo("login with *******");
    }

    @Test
    void whatTheCutOfALongLogLeavesOfAValueIsHidden() {
        String cut = "\n[tidegate: the log is too long; up to 4,095 bytes are left out here]\n";
        assertThat(MASK.hide("a p4ss/w" + cut + "rd+ ~x? b")).isEqualTo("a ******" + cut + "******* b");
    }

    @Test
    void aStreamIsHiddenWhateverIsReadAtATime() throws IOException {
        String text = ("x".repeat(65_530) + SECRET + "\n").repeat(3);
        for (int size : new int[] {1_000, 8_192, 1 << 20}) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try (InputStream stream = MASK.hide(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
                byte[] buffer = new byte[size];
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    read.write(buffer, 0, count);
                }
            }
            String all = read.toString(StandardCharsets.UTF_8);
            assertThat(all).doesNotContain("p4ss").doesNotContain("rd+ ~").hasLineCount(3);
            assertThat(all.chars().filter(character -> character == 'x').count())
                    .isEqualTo(3 * 65_530L);
        }
    }
}
