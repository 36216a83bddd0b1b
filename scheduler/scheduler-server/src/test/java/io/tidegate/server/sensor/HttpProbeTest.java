package io.tidegate.server.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses may be asked. */
final class HttpProbeTest {
    private final HttpProbe probe =
            new HttpProbe(List.of(URI.create("https://example.org/ready"), URI.create("http://inside:8080")));

    @ParameterizedTest
    @CsvSource({
        "https://example.org/ready, true",
        "https://EXAMPLE.org:443/ready/2001?day=1, true",
        "http://inside:8080/anything, true",
        "http://example.org/ready, false",
        "https://example.org/ready-or-not, false",
        "https://example.org/, false",
        "https://example.org/ready/../admin, false",
        "https://example.org/ready/%2e%2e/admin, false",
        "https://example.org:8443/ready, false",
        "https://example.org.evil.org/ready, false",
        "https://example.org@evil.org/ready, false",
        "http://inside/anything, false",
        "http://169.254.169.254/latest/meta-data, false",
        "file:///etc/passwd, false"
    })
    void onlyWhatBeginsWithAnAllowedAddressIsAsked(String url, boolean asked) {
        assertThat(probe.refusal(Map.of(Conditions.URL, url)).isEmpty()).isEqualTo(asked);
    }
}
