package io.tidegate.server.dagtest.local;

import io.tidegate.dag.Secret;
import io.tidegate.dag.parser.shape.Located;
import io.tidegate.dag.parser.testfile.Given;
import io.tidegate.server.secret.SecretMask;
import io.tidegate.server.secret.SecretRules;
import io.tidegate.server.secret.SecretValues;
import io.tidegate.server.secret.Secrets;
import java.nio.file.Path;
import java.util.List;

/** The secrets of a local run: as its sample says, else read as the DAG says, by who runs it and with that person's rights. */
final class LocalSecrets implements SecretValues {
    private final Given.Secrets given;
    private final Secrets ours = new Secrets(new SecretRules(List.of("*"), List.of(Path.of("/"))), System::getenv);

    LocalSecrets(Given.Secrets given) {
        this.given = given;
    }

    @Override
    public String value(Secret secret) {
        if (given.missing().stream().map(Located::value).anyMatch(secret.name()::equals)) {
            throw Secrets.missing(secret);
        }
        Located<String> value = given.values().get(secret.name());
        return value == null ? ours.value(secret) : ours.hidden(secret, value.value());
    }

    SecretMask mask() {
        return ours.mask();
    }
}
