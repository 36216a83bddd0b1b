package io.tidegate.scheduler.alerts.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.scheduler.alerts.channel.Channel;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SLACK_URL", "https://hooks.slack.com/services/T/B/x", "SMTP_PASSWORD", "s3cret", "EMPTY", "");

    @Test
    void everyTypeIsRead() throws IOException {
        assertThat(read("""
                {"ml-oncall": {"type": "slack", "url": "env:SLACK_URL"},
                 "incidents": {"type": "webhook", "url": "https://example.org/hook", "token": "env:SMTP_PASSWORD"},
                 "team": {"type": "mail", "host": "smtp.example.org", "security": "tls", "user": "tidegate",
                          "password": "env:SMTP_PASSWORD", "from": "Tidegate <tidegate@example.org>", "to": ["a@example.org"]},
                 "local": {"type": "mail", "host": "localhost", "security": "none", "port": 2525, "from": "a@example.org", "to": "b@example.org"}}
                """)).containsOnlyKeys("ml-oncall", "incidents", "team", "local", "log");
        assertThat(read("{}")).containsOnlyKeys("log");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithItsPlace() {
        ChannelConfigurationException refused =
                catchThrowableOfType(ChannelConfigurationException.class, () -> read("""
                {"a": {"type": "slak", "url": "x"},
                 "b": {"url": "https://example.org"},
                 "c": {"type": "webhook", "url": "file:///etc/passwd", "tokn": "x"},
                 "d": {"type": "webhook", "url": "https://me:pw@example.org", "token": "plain"},
                 "e": {"type": "slack", "url": "env:NOT_SET"},
                 "f": {"type": "mail", "host": "h", "security": "ssl", "port": "25", "from": "nobody", "to": [], "password": "p", "cc": "x"},
                 "g": {"type": "mail", "host": "h", "from": "a@b.c", "to": "a@b.c", "user": "u", "port": 70000},
                 "i": {"type": "mail", "host": "h", "from": "a@b.c", "to": "a@b.c", "port": 70000},
                 "j": {"type": "slack", "url": "env:EMPTY"},
                 "Bad Name": {"type": "slack", "url": "https://example.org"},
                 "log": {"type": "slack", "url": "https://example.org"},
                 "k": "slack"}
                """));
        assertThat(refused.problems())
                .containsExactly(
                        "channels.a.type: 'slak' is none of slack, webhook, mail",
                        "channels.b.type: is missing, one of slack, webhook, mail",
                        "channels.c.url: must begin with https:// or http://",
                        "channels.c.tokn: means nothing here, known are token, type, url; did you mean token?",
                        "channels.d.token: is a secret and does not belong into a file; write env:NAME and set the variable NAME",
                        "channels.d.url: must not hold a user name or password; use a token",
                        "channels.e.url: the environment variable NOT_SET is not set",
                        "channels.f.security: 'ssl' is none of starttls, tls, none",
                        "channels.f.port: must be a whole number",
                        "channels.f.to: is missing, one address or a list of them",
                        "channels.f.password: is a secret and does not belong into a file; write env:NAME and set the variable NAME",
                        "channels.f.from: 'nobody': Missing final '@domain'",
                        "channels.f.cc: means nothing here, known are from, host, password, port, security, to, type, user",
                        "channels.g.password: is missing; a login needs user and password",
                        "channels.i.port: port must be from 1 to 65535, not 70000",
                        "channels.j.url: the environment variable EMPTY is not set",
                        "channels.Bad Name: a channel's name has lower-case letters, digits, - and _",
                        "channels.log: the log is always there and cannot be declared",
                        "channels.k: must be a mapping with a type");
    }

    private static Map<String, Channel> read(String json) throws IOException {
        return Channels.of(new ObjectMapper().readTree(json), name -> Optional.ofNullable(ENVIRONMENT.get(name)));
    }
}
