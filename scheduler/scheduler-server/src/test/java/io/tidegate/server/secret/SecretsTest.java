package io.tidegate.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.dag.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path allowed;
    private Secrets secrets;

    @BeforeEach
    void allow() throws IOException {
        allowed = Files.createDirectory(folder.resolve("allowed"));
        secrets = new Secrets(new SecretRules(List.of("WAREHOUSE_*", "TOKEN"), List.of(allowed)), environment::get);
    }

    private static Secret variable(String name) {
        return new Secret("s", new Secret.Variable(name));
    }

    private static Secret file(Path path) {
        return new Secret("s", new Secret.File(path.toString()));
    }

    @Test
    void onlyAllowedVariablesAreRead() {
        environment.put("WAREHOUSE_PASSWORD", "opensesame");
        environment.put("TOKEN_OF_THE_SERVER", "mine-alone");

        assertThat(secrets.value(variable("WAREHOUSE_PASSWORD"))).isEqualTo("opensesame");
        assertThatThrownBy(() -> secrets.value(variable("TOKEN_OF_THE_SERVER")))
                .hasMessage(
                        "secret s is the server's environment variable TOKEN_OF_THE_SERVER, which may not be read;"
                                + " allow it with secrets.environment: [TOKEN_OF_THE_SERVER] in the server's configuration file");
        assertThatThrownBy(() -> secrets.value(variable("TOKEN")))
                .hasMessage("secret s is missing: the server's environment has no variable TOKEN;"
                        + " set it where the server is started");
    }

    @Test
    void onlyFilesInAllowedFoldersAreReadWhereverLinksLead() throws IOException {
        Files.writeString(allowed.resolve("password"), "opensesame\n");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine-alone");
        Path link = Files.createSymbolicLink(allowed.resolve("link"), elsewhere);

        assertThat(secrets.value(file(allowed.resolve("password")))).isEqualTo("opensesame");
        for (Path outside : List.of(elsewhere, link)) {
            assertThatThrownBy(() -> secrets.value(file(outside)))
                    .hasMessageStartingWith("secret s is the file " + outside + ", which may not be read;"
                            + " allow it with secrets.files: [");
        }
        assertThatThrownBy(() -> secrets.value(file(allowed.resolve("gone"))))
                .hasMessage("secret s is missing: there is no readable file " + allowed.resolve("gone")
                        + " on the server's machine; put it there");
    }

    @Test
    void whatHasBeenReadIsHiddenAlsoWhenItHasChanged() throws IOException {
        Path path = allowed.resolve("password");
        Files.writeString(path, "first-value");
        secrets.declare(List.of(file(path), variable("WAREHOUSE_GONE")));
        Files.writeString(path, "second-value");
        assertThat(secrets.value(file(path))).isEqualTo("second-value");
        assertThat(secrets.mask().hide("first-value second-value")).isEqualTo("*********** ************");
    }

    @Test
    void whatIsTooShortToBeHiddenIsRefused() {
        environment.put("TOKEN", "abc");
        assertThatThrownBy(() -> secrets.value(variable("TOKEN")))
                .hasMessage("secret s has fewer than 4 bytes and could not be hidden in logs; use a longer one");
    }
}
