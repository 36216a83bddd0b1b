package io.tidegate.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.tidegate.scheduler.truth.TruthKeeper;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration file may say. */
final class ConfigurationFileTest {
    private static final Path MANUAL = Path.of("../OPERATIONS.md");

    @TempDir
    private Path folder;

    private ConfigurationFile read(String text) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve("tidegate.yaml"), text));
    }

    @Test
    void everyKeyIsInTheManual() throws IOException {
        String manual = Files.readString(MANUAL);
        Set<String> keys = new LinkedHashSet<>();
        collect(ConfigurationFile.class, keys);

        assertThat(keys).contains("execution", "attempts_at_once", "orphan_grace", "namespace");
        assertThat(keys).allSatisfy(key -> assertThat(manual).contains(key + ":"));
    }

    private static void collect(Class<?> type, Set<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            keys.add(new SnakeCaseStrategy().translate(component.getName()));
            collectInside(component.getGenericType(), keys);
        }
    }

    private static void collectInside(Type type, Set<String> keys) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collectInside(argument, keys);
            }
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            collect(plain, keys);
        }
    }

    @Test
    void theGraceOfOrphansIsADuration() throws IOException {
        assertThat(read("truth: { orphan_grace: 2h }").truth())
                .map(ConfigurationFile.Truth::patience)
                .contains(new TruthKeeper.Patience(TruthKeeper.Patience.DEFAULT.confirmed(), Duration.ofHours(2)));
        assertThatThrownBy(() -> read("truth: { orphan_grace: 10 }"))
                .isInstanceOf(SettingsException.class)
                .hasMessageMatching("(?s).*tidegate.yaml:1:\\d+: truth.orphan_grace: 10 has no unit.*");
    }
}
