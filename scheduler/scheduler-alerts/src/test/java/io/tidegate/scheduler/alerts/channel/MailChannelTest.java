package io.tidegate.scheduler.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.tidegate.scheduler.alerts.Samples;
import io.tidegate.scheduler.alerts.channel.MailServer.Login;
import io.tidegate.scheduler.alerts.channel.MailServer.Security;
import io.tidegate.scheduler.alerts.delivery.DeliveryException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MailChannelTest {
    private static final ServerSetup[] SETUPS = {ServerSetupTest.SMTP.dynamicPort(), ServerSetupTest.SMTPS.dynamicPort()
    };

    @TempDir
    static Path folder;

    private static TrustedCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        certificate = TrustedCertificate.install(folder);
    }

    @RegisterExtension
    static final GreenMailExtension SERVER = new GreenMailExtension(SETUPS)
            .withConfiguration(GreenMailConfiguration.aConfig().withUser("tidegate@example.org", "tidegate", "s3cret"))
            .withPerMethodLifecycle(true);

    @Test
    void tellsWhatHappenedWhyAndWhatToDo() throws DeliveryException, MessagingException, IOException {
        channel(Security.NONE, port(false), Optional.empty()).send(Samples.raised(7));
        MimeMessage mail = SERVER.getReceivedMessages()[0];
        assertThat(mail.getSubject())
                .isEqualTo("[Tidegate] late-arrivals: step cleanse failed for 2001-03-05: exit code 1");
        assertThat(mail.getFrom()[0]).hasToString("Tidegate <tidegate@example.org>");
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(mail.getSentDate()).isEqualTo(Date.from(Samples.NOW));
        assertThat(mail.getMessageID()).isEqualTo("<alert-7-raised@tidegate.invalid>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getContent().toString().replace("\r\n", "\n").strip())
                .contains("    java.io.IOException: <disk> full & red\n")
                .contains("Affected: features, refit\n")
                .contains("Step and log: http://127.0.0.1:8080/runs/" + Samples.RUN + "?step=cleanse\n")
                .endsWith("    tidegate rerun " + Samples.RUN);
    }

    @Test
    void theEndOfAProblemAnswersItsBeginning() throws DeliveryException, MessagingException {
        channel(Security.NONE, port(false), Optional.empty()).send(Samples.resolved(7));
        MimeMessage mail = SERVER.getReceivedMessages()[0];
        assertThat(mail.getSubject()).startsWith("[Tidegate] Resolved: late-arrivals");
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<alert-7-raised@tidegate.invalid>");
    }

    @Test
    void aMessageCannotAddHeaders() throws DeliveryException, MessagingException {
        channel(Security.NONE, port(false), Optional.empty())
                .send(Samples.raised(Samples.alert(8, "bad\r\nBcc: everybody@example.org\r\n\r\nö".repeat(30), "log")));
        MimeMessage mail = SERVER.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject())
                .startsWith("[Tidegate] bad Bcc: everybody@example.org ö")
                .hasSizeLessThan(210);
    }

    @Test
    void speaksTlsFromTheStartAndLogsIn() throws DeliveryException {
        channel(Security.TLS, port(true), Optional.of(new Login("tidegate", "s3cret")))
                .send(Samples.raised(7));
        assertThat(SERVER.getReceivedMessages()).hasSize(2);
    }

    @Test
    void changesToTlsBeforeItLogsInOrSendsAnything() throws DeliveryException, IOException {
        try (StarttlsServer server = StarttlsServer.start(certificate.context())) {
            channel(Security.STARTTLS, server.port(), Optional.of(new Login("tidegate", "s3cret")))
                    .send(Samples.raised(7));
            assertThat(server.inTheClear()).allMatch(line -> line.startsWith("EHLO") || line.equals("STARTTLS"));
            assertThat(server.protectedLines())
                    .anyMatch(line -> line.startsWith("AUTH "))
                    .contains("RCPT TO:<a@example.org>", "Message-ID: <alert-7-raised@tidegate.invalid>");
        }
    }

    @Test
    void aWrongPasswordIsSaidWithoutThePassword() {
        DeliveryException problem = catchThrowableOfType(
                DeliveryException.class,
                () -> channel(Security.TLS, port(true), Optional.of(new Login("tidegate", "wr0ng")))
                        .send(Samples.raised(7)));
        assertThat(problem)
                .hasMessageStartingWith("the mail server did not take it")
                .hasMessageNotContaining("wr0ng");
        assertThat(new Login("tidegate", "wr0ng").toString()).doesNotContain("wr0ng");
    }

    @Test
    void mailIsNotSentInTheClearWhenStarttlsIsAskedForAndMissing() {
        DeliveryException problem = catchThrowableOfType(
                DeliveryException.class,
                () -> channel(Security.STARTTLS, port(false), Optional.empty()).send(Samples.raised(7)));
        assertThat(problem).hasMessageContaining("STARTTLS");
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }

    @Test
    void aCertificateNobodyVouchesForIsRefused() {
        MailChannel channel = new MailChannel(
                new MailServer("localhost", port(true), Security.TLS, Optional.empty()),
                "tidegate@example.org",
                List.of("a@example.org"),
                Duration.ofSeconds(5),
                Optional.empty());
        assertThat(catchThrowableOfType(DeliveryException.class, () -> channel.send(Samples.raised(7))))
                .isNotNull();
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsGoneIsTriedAgain() {
        int port = port(false);
        SERVER.stop();
        DeliveryException problem = catchThrowableOfType(
                DeliveryException.class,
                () -> channel(Security.NONE, port, Optional.empty()).send(Samples.raised(7)));
        assertThat(problem.isPermanent()).isFalse();
        assertThat(problem).hasMessageContaining("localhost");
    }

    private static int port(boolean tls) {
        return tls ? SERVER.getSmtps().getPort() : SERVER.getSmtp().getPort();
    }

    private static MailChannel channel(Security security, int port, Optional<Login> login) {
        return new MailChannel(
                new MailServer("localhost", port, security, login),
                "Tidegate <tidegate@example.org>",
                List.of("a@example.org", "b@example.org"),
                Duration.ofSeconds(5),
                Optional.of(certificate.context().getSocketFactory()));
    }
}
