package io.tidegate.scheduler.alerts.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToIgnoreCase;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.tidegate.scheduler.alerts.Samples;
import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import io.tidegate.scheduler.alerts.delivery.HttpSender;
import io.tidegate.scheduler.alerts.message.SlackJson;
import io.tidegate.scheduler.alerts.message.WebhookJson;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private final HttpSender sender = new HttpSender(Duration.ofSeconds(20));
    private final HttpSender impatient = new HttpSender(Duration.ofMillis(300));

    @Test
    void postsJsonWithAnIdentifierAndAToken() throws DeliveryException {
        SERVER.stubFor(post("/hook").willReturn(ok()));
        new WebhookChannel(address("/hook"), Optional.of("s3cret"), WebhookJson::of, sender).send(Samples.raised(7));
        SERVER.verify(postRequestedFor(urlEqualTo("/hook"))
                .withHeader("Content-Type", equalToIgnoreCase("application/json; charset=utf-8"))
                .withHeader("Idempotency-Key", equalTo("alert-7-raised"))
                .withHeader("Authorization", equalTo("Bearer s3cret"))
                .withRequestBody(matchingJsonPath("$.action", equalTo("raised")))
                .withRequestBody(matchingJsonPath("$.event", equalTo("step_failed")))
                .withRequestBody(matchingJsonPath("$.log_excerpt", equalTo("java.io.IOException: <disk> full & red")))
                .withRequestBody(matchingJsonPath(
                        "$.links.step", equalTo("http://127.0.0.1:8080/runs/" + Samples.RUN + "?step=cleanse")))
                .withRequestBody(matchingJsonPath("$.rerun", equalTo("tidegate rerun " + Samples.RUN))));
    }

    @Test
    void postsWhatSlackTakes() throws DeliveryException {
        SERVER.stubFor(post("/slack").willReturn(ok("ok")));
        new WebhookChannel(address("/slack"), Optional.empty(), SlackJson::of, sender).send(Samples.raised(7));
        SERVER.verify(postRequestedFor(urlEqualTo("/slack"))
                .withRequestBody(matchingJsonPath(
                        "$.text",
                        equalTo(":red_circle: late-arrivals: step cleanse failed for 2001-03-05: exit code 1")))
                .withRequestBody(matchingJsonPath(
                        "$.blocks[1].text.text", equalTo("```java.io.IOException: &lt;disk&gt; full &amp; red```"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 408, 429})
    void anOverloadedServerIsTriedAgain(int status) {
        DeliveryException problem = send(
                aResponse().withStatus(status).withHeader("Retry-After", "30").withBody("later"));
        assertThat(problem.isPermanent()).isFalse();
        assertThat(problem.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(problem).hasMessage("localhost answered " + status + ": later");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void aRefusalIsNotTriedAgain(int status) {
        assertThat(send(aResponse().withStatus(status).withBody("no_such_hook")).isPermanent())
                .isTrue();
    }

    @Test
    void redirectsAreNotFollowed() {
        SERVER.stubFor(post("/elsewhere").willReturn(ok()));
        DeliveryException problem = send(aResponse().withStatus(307).withHeader("Location", "/elsewhere"));
        assertThat(problem.isPermanent()).isTrue();
        assertThat(problem).hasMessageContaining("redirects are not followed");
        SERVER.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void aServerThatIsSlowOrTricklesOrBreaksOffIsGivenUpInTime() {
        ResponseDefinitionBuilder trickle =
                aResponse().withStatus(500).withBody("0123456789").withChunkedDribbleDelay(10, 5_000);
        assertThat(send(impatient, ok().withFixedDelay(3_000)).isPermanent()).isFalse();
        assertThat(send(impatient, trickle).isPermanent()).isFalse();
        assertThat(send(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)).isPermanent())
                .isFalse();
        assertThat(send(aResponse().withFault(Fault.EMPTY_RESPONSE)).isPermanent())
                .isFalse();
    }

    @Test
    void anEndlessAnswerIsCut() {
        assertThat(send(aResponse().withStatus(500).withBody("x".repeat(1_000_000)))
                        .getMessage())
                .hasSizeLessThan(400);
    }

    @Test
    void aRefusedConnectionAndAnUnknownHostAreTriedAgain() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertThat(send(URI.create("http://127.0.0.1:" + closed + "/")).isPermanent())
                .isFalse();
        assertThat(send(URI.create("http://nobody.invalid/"))).hasMessageContaining("nobody.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://[fe80::1]/",
                "http://0.0.0.0/",
                "http://224.0.0.1/"
            })
    void addressesOfTheMachinesSurroundingsAreRefused(String address) {
        assertThat(send(URI.create(address)).isPermanent()).isTrue();
    }

    private DeliveryException send(ResponseDefinitionBuilder answer) {
        return send(sender, answer);
    }

    private static DeliveryException send(HttpSender sender, ResponseDefinitionBuilder answer) {
        SERVER.stubFor(post("/hook").willReturn(answer));
        return send(sender, address("/hook"));
    }

    private DeliveryException send(URI address) {
        return send(sender, address);
    }

    private static DeliveryException send(HttpSender sender, URI address) {
        WebhookChannel channel = new WebhookChannel(address, Optional.empty(), WebhookJson::of, sender);
        return catchThrowableOfType(DeliveryException.class, () -> channel.send(Samples.raised(7)));
    }

    private static URI address(String path) {
        return URI.create(SERVER.baseUrl() + path);
    }
}
