package io.tidegate.server.sensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.condition.Evaluation;
import io.tidegate.condition.ExpressionLanguage;
import io.tidegate.condition.ValueType;
import io.tidegate.storage.sensor.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Waits for an answer of a web server. Asks only addresses that begin with one that the configuration allows, follows no redirects and sends no
 * credentials: otherwise whoever writes a DAG could have the server ask what only the server can reach.
 */
public final class HttpProbe implements Probe {
    private static final ExpressionLanguage LANGUAGE = ExpressionLanguage.of(Map.of("body", ValueType.DYNAMIC));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int LARGEST_BODY = 1024 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final List<URI> allowed;

    /** @param allowed beginnings of addresses that may be asked */
    public HttpProbe(List<URI> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    @Override
    public Optional<String> refusal(Map<String, String> condition) {
        String text = condition.get(Conditions.URL);
        try {
            URI url = new URI(text);
            boolean plain = url.getRawUserInfo() == null && url.getHost() != null;
            return plain && allowed.stream().anyMatch(prefix -> covers(prefix, url))
                    ? Optional.empty()
                    : Optional.of("this server does not ask " + text
                            + ": its configuration must allow the address, in sensors.http_allowed");
        } catch (URISyntaxException malformed) {
            return Optional.of("'" + text + "' is not an address: " + malformed.getMessage());
        }
    }

    /** Paths end at a slash, so that {@code /ready} does not allow {@code /ready-or-not}. */
    private static boolean covers(URI prefix, URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String allowedPath = prefix.getRawPath().endsWith("/") ? prefix.getRawPath() : prefix.getRawPath() + "/";
        return prefix.getScheme().equalsIgnoreCase(url.getScheme())
                && prefix.getHost().equalsIgnoreCase(url.getHost())
                && port(prefix) == port(url)
                && !path.contains("..")
                && !path.contains("%2e")
                && !path.contains("%2E")
                && (path + "/").startsWith(allowedPath);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    @Override
    public Sighting look(Map<String, String> condition, Instant now) throws IOException {
        Optional<String> refusal = refusal(condition);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(condition.get(Conditions.URL)))
                .timeout(ANSWER)
                .header("Accept", "application/json, */*")
                .GET()
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return judged(condition, answer.statusCode(), body);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new IOException("the server is ending", closing);
        }
    }

    private static Sighting judged(Map<String, String> condition, int status, InputStream body) throws IOException {
        if (status != Integer.parseInt(condition.get(Conditions.STATUS))) {
            return new Sighting(false, "the answer has status " + status);
        }
        String text = condition.get(Conditions.CONDITION);
        if (text == null) {
            return new Sighting(true, "the answer has status " + status);
        }
        byte[] read = body.readNBytes(LARGEST_BODY + 1);
        if (read.length > LARGEST_BODY) {
            return new Sighting(false, "the answer has more than " + LARGEST_BODY + " bytes");
        }
        Object json;
        try {
            json = JSON.readValue(read, Object.class);
        } catch (JsonProcessingException notJson) {
            return new Sighting(false, "the answer is not JSON");
        }
        if (json == null) {
            return new Sighting(false, "the answer is null");
        }
        Evaluation<Boolean> result = LANGUAGE.condition(text).expression().evaluate(Map.of("body", json));
        return result.result()
                .map(holds -> new Sighting(holds, text + (holds ? " holds" : " does not hold")))
                .orElseGet(() -> new Sighting(false, text + ": " + ((Evaluation.Failed<Boolean>) result).message()));
    }
}
