package io.tidegate.server.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The forms in which programs write a value: as it is, in base64, in URLs and in JSON. Pure. */
final class SecretForms {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");
    /** Lines shorter than this are too common to be hidden for themselves. */
    private static final int SHORTEST_LINE = 8;

    private static final int BYTE_BITS = 8;
    private static final int SEXTET_BITS = 6;

    private SecretForms() {}

    /** All forms of a value, and of its lines. */
    static Set<String> of(String value) {
        Set<String> forms = new LinkedHashSet<>();
        add(value, forms);
        if (value.indexOf('\n') >= 0) {
            value.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE)
                    .forEach(line -> add(line, forms));
        }
        return forms;
    }

    private static void add(String value, Set<String> forms) {
        forms.add(value);
        addJson(value, forms);
        addUrl(value, forms);
        addBase64(value.getBytes(StandardCharsets.UTF_8), forms);
    }

    private static void addJson(String value, Set<String> forms) {
        for (ObjectMapper mapper : List.of(JSON, ASCII)) {
            try {
                String quoted = mapper.writeValueAsString(value);
                String escaped = quoted.substring(1, quoted.length() - 1);
                forms.add(escaped);
                forms.add(escaped.replace("/", "\\/"));
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("a text can be written as JSON", impossible);
            }
        }
    }

    /** Encoders differ in what they leave as it is, and in the case of hexadecimal digits. */
    private static void addUrl(String value, Set<String> forms) {
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String spaced = form.replace("+", "%20");
        String strict = spaced.replace("*", "%2A").replace("%7E", "~");
        String lenient = strict.replace("%2A", "*")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")");
        List<UnaryOperator<String>> cases = List.of(UnaryOperator.identity(), SecretForms::lowerCase);
        for (String encoded :
                List.of(form, spaced, strict, lenient, strict.replace("%2F", "/"), lenient.replace("%2F", "/"))) {
            cases.forEach(each -> forms.add(each.apply(encoded)));
        }
    }

    private static String lowerCase(String encoded) {
        return PERCENT.matcher(encoded).replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT));
    }

    /**
     * What is sure to stand in the base64 form of any text that holds the value: three bytes become four characters, so that depends on where the
     * value begins. The characters at both ends are made of neighbouring bytes as well, and are left out.
     */
    private static void addBase64(byte[] value, Set<String> forms) {
        Base64.Encoder encoder = Base64.getEncoder();
        addAlphabets(encoder.encodeToString(value), forms);
        for (int before = 0; before <= 2; before++) {
            byte[] shifted = new byte[before + value.length];
            System.arraycopy(value, 0, shifted, before, value.length);
            int from = (before * BYTE_BITS + SEXTET_BITS - 1) / SEXTET_BITS;
            int to = shifted.length * BYTE_BITS / SEXTET_BITS;
            addAlphabets(encoder.encodeToString(shifted).substring(from, to), forms);
        }
    }

    private static void addAlphabets(String base64, Set<String> forms) {
        forms.add(base64);
        forms.add(base64.replace('+', '-').replace('/', '_'));
    }
}
