package io.tidegate.server.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's configuration file: what need not be said on every start. Every part may be left out.
 *
 * @param execution how steps are run
 * @param definitions what DAG files may ask for
 * @param backfill how large a backfill may be
 * @param channels alert channels that DAGs may name, by name
 * @param openlineage where OpenLineage events go
 * @param truth how our books and what clusters say are brought together
 * @param attempts what becomes of the folders of attempts on this machine
 * @param history how long runs stay in the database
 * @param archive where logs and reports are kept
 * @param hadoop the clusters whose files are used
 * @param kubernetes clusters on which steps may run
 * @param spark ways to submit to Spark
 * @param pools pools with the number of their places, or the quota that says it
 * @param secrets what DAGs may have the server read for them
 * @param sensors what sensors may ask
 * @param servers what servers on one database have in common
 */
public record ConfigurationFile(
        Optional<Execution> execution,
        Optional<DefinitionsSection> definitions,
        Optional<BackfillSection> backfill,
        Optional<JsonNode> channels,
        Optional<OpenLineage> openlineage,
        Optional<TruthSection> truth,
        Optional<AttemptsSection> attempts,
        Optional<HistorySection> history,
        Optional<ArchiveSection> archive,
        Optional<HadoopSection> hadoop,
        Optional<KubernetesSection> kubernetes,
        Optional<SparkSection> spark,
        Optional<Map<String, JsonNode>> pools,
        Optional<SecretsSection> secrets,
        Optional<SensorsSection> sensors,
        Optional<ServersSection> servers) {

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new Jdk8Module())
            .build();

    private static final Execution USUAL = new Execution(Optional.empty(), Optional.empty());

    /** What an absent file means. */
    public static final ConfigurationFile EMPTY = YAML.convertValue(Map.of(), ConfigurationFile.class);

    public ConfigurationFile {
        // An absent part of any type is read as JSON's null.
        channels = channels.filter(declared -> !declared.isNull());
        ConfiguredPools.read(pools);
    }

    /**
     * @param attemptsAtOnce how many attempts this server works on at the same time, 1 to 1000
     * @param progressEvery how often running attempts are asked how far they are; five seconds when left out
     */
    public record Execution(Optional<Integer> attemptsAtOnce, Optional<String> progressEvery) {
        private static final int MOST = 1000;
        private static final Duration USUAL_PROGRESS = Duration.ofSeconds(5);

        public Execution {
            attemptsAtOnce.filter(number -> number < 1 || number > MOST).ifPresent(number -> {
                throw new SettingsException(
                        "execution.attempts_at_once must be between 1 and " + MOST + ", not " + number);
            });
            progress(progressEvery);
        }

        private static Optional<Duration> progress(Optional<String> text) {
            return ConfiguredDuration.read("execution.progress_every", text, "s");
        }

        /** How often running attempts are asked how far they are. */
        public Duration progressInterval() {
            return progress(progressEvery).orElse(USUAL_PROGRESS);
        }
    }

    /**
     * One of url and file.
     *
     * @param url HTTP address that takes OpenLineage events
     * @param file file to which they are appended, one JSON object a line
     * @param namespace namespace of jobs; {@code tidegate} when left out
     */
    public record OpenLineage(Optional<String> url, Optional<String> file, Optional<String> namespace) {
        public OpenLineage {
            if (url.isPresent() == file.isPresent()) {
                throw new SettingsException("openlineage needs either url or file");
            }
        }
    }

    /** The pools that it declares. */
    public ConfiguredPools declaredPools() {
        return ConfiguredPools.read(pools);
    }

    /** How steps are run, also where the file does not say. */
    public Execution executionOrUsual() {
        return execution.orElse(USUAL);
    }

    /** What servers have in common, also where the file does not say. */
    public ServersSection serversOrAlone() {
        return servers.orElse(ServersSection.ALONE);
    }

    /**
     * Reads a file.
     *
     * @throws SettingsException when it cannot be read or says something unknown, with the place
     */
    public static ConfigurationFile read(Path file) {
        try {
            String text = Files.readString(file);
            ConfigurationFile read = text.isBlank() ? EMPTY : YAML.readValue(text, ConfigurationFile.class);
            return read == null ? EMPTY : read;
        } catch (NoSuchFileException absent) {
            throw new SettingsException("there is no configuration file " + file);
        } catch (UnrecognizedPropertyException unknown) {
            throw new SettingsException(placeOf(unknown.getPropertyName(), file) + "there is no setting '"
                    + unknown.getPropertyName() + "'; known here are " + unknown.getKnownPropertyIds());
        } catch (JacksonException wrong) {
            if (wrong.getCause() instanceof SettingsException ours) {
                throw new SettingsException(place(file, wrong) + ours.getMessage());
            }
            throw new SettingsException(place(file, wrong) + wrong.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new SettingsException(
                    "the configuration file " + file + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static String place(Path file, JacksonException problem) {
        JsonLocation location = problem.getLocation();
        return location == null ? file + ": " : file + ":" + location.getLineNr() + ":" + location.getColumnNr() + ": ";
    }

    /** Where a name stands: the reader notices that it knows it not only after it has read on. */
    private static String placeOf(String name, Path file) {
        try {
            Pattern key = Pattern.compile("(?:^|[\\s{,\"'])(" + Pattern.quote(name) + ")[\"']?\\s*:");
            List<String> lines = Files.readAllLines(file);
            for (int number = 1; number <= lines.size(); number++) {
                Matcher found = key.matcher(lines.get(number - 1));
                if (found.find()) {
                    return file + ":" + number + ":" + (found.start(1) + 1) + ": ";
                }
            }
            return file + ": ";
        } catch (IOException gone) {
            return file + ": ";
        }
    }
}
