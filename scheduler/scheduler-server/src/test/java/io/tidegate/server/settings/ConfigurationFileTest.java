package io.tidegate.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.tidegate.dag.parser.ParserLimits;
import io.tidegate.dag.step.PoolName;
import io.tidegate.scheduler.truth.TruthKeeper;
import io.tidegate.storage.hadoop.HadoopSettings;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the configuration file says, and what is wrong with it. */
final class ConfigurationFileTest {
    private static final Path OPERATIONS = Path.of("../OPERATIONS.md");

    @TempDir
    private Path folder;

    private ConfigurationFile read(String yaml) {
        try {
            return ConfigurationFile.read(Files.writeString(folder.resolve("tidegate.yaml"), yaml));
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    /** The example of the documentation that begins with a section. */
    private static String example(String section) throws IOException {
        return Pattern.compile("(?ms)^```yaml\\n(" + section + ":.*?)^```$")
                .matcher(Files.readString(OPERATIONS))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsKeptOrThrownAwayUnlessTheFileSaysSo() {
        ConfigurationFile file = read("");
        assertThat(file.attempts()).isEmpty();
        assertThat(file.archive()).isEmpty();
        assertThat(file.hadoop()).isEmpty();
        assertThat(read("attempts: {}").attempts().orElseThrow().keptFor()).isEmpty();
    }

    @Test
    void theExampleOfBackfillsSaysWhatItMeans() throws IOException {
        assertThat(read(example("backfill")).backfill().orElseThrow().mostIntervals())
                .contains(20_000);
        assertThat(read("").backfill()).isEmpty();
        assertThatThrownBy(() -> read("backfill: { most_intervals: 0 }"))
                .hasMessageContaining("backfill.most_intervals must be between 1 and 100000, not 0");
    }

    @Test
    void theExampleOfLargeDagsSaysWhatItMeans() throws IOException {
        assertThat(read(example("definitions"))
                        .definitions()
                        .orElseThrow()
                        .limits()
                        .mostSteps())
                .isEqualTo(30_000);
        assertThat(read("definitions: {}").definitions().orElseThrow().limits()).isEqualTo(ParserLimits.DEFAULT);
        assertThatThrownBy(() -> read("definitions: { most_steps: 100000 }"))
                .hasMessageContaining("definitions.most_steps must be between 1 and 50000, not 100000");
    }

    @Test
    void theExampleOfPoolsSaysWhatItMeans() throws IOException {
        ConfiguredPools pools = read(example("pools")).declaredPools();
        assertThat(pools.sizes()).isEqualTo(Map.of(new PoolName("gpu"), 2, new PoolName("spark"), 4));
        assertThat(pools.quotas())
                .isEqualTo(Map.of(
                        new PoolName("training"),
                        new ConfiguredPools.Quota(
                                Optional.of("gpu-farm"), Optional.of("training"), "count/jobs.batch")));
        assertThat(read("").declaredPools().sizes()).isEmpty();
        assertThatThrownBy(() -> read("pools: { gpu: { namespace: training } }"))
                .hasMessageEndingWith("pools.gpu needs the resource of a quota, for example count/jobs.batch");
        assertThatThrownBy(() -> read("pools: { gpu: { resources: pods } }"))
                .hasMessageEndingWith("pools.gpu has no 'resources'; known are [cluster, namespace, resource]");
        assertThatThrownBy(() -> read("pools: { spark: -1 }"))
                .hasMessageEndingWith("pools.spark must be a number of places from 0 to 100000,"
                        + " or a mapping with the resource of a quota, not -1");
        assertThatThrownBy(() -> read("pools: { Spark: 1 }"))
                .hasMessageContaining("pools: pool 'Spark' must start with");
    }

    @Test
    void theExampleOfHistorySaysWhatItMeans() throws IOException {
        HistorySection history = read(example("history")).history().orElseThrow();
        assertThat(history.keptFor()).contains(Duration.ofDays(90));
        assertThat(history.runs()).contains(1_000);
        assertThat(read("").history()).isEmpty();
    }

    @Test
    void theExampleOfRetentionSaysWhatItMeans() throws IOException {
        ConfigurationFile file = read(example("attempts"));
        assertThat(file.attempts().orElseThrow().keptFor()).contains(Duration.ofDays(14));
        ArchiveSection archive = file.archive().orElseThrow();
        assertThat(archive.location().uri()).isEqualTo("hdfs://namenode:8020/tidegate");
        assertThat(archive.keptFor()).contains(Duration.ofDays(365));
    }

    @Test
    void theExampleOfClustersSaysWhatItMeans() throws IOException {
        for (String name :
                new String[] {"hadoop/conf/core-site.xml", "hadoop/conf/hdfs-site.xml", "security/tidegate.keytab"}) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "");
        }
        HadoopSettings settings = read(example("hadoop").replace("/etc/", folder + "/"))
                .hadoop()
                .orElseThrow()
                .settings();
        assertThat(settings.configuration())
                .isEqualTo(List.of(
                        folder.resolve("hadoop/conf/core-site.xml"), folder.resolve("hadoop/conf/hdfs-site.xml")));
        assertThat(settings.login().orElseThrow().principal()).isEqualTo("tidegate/scheduler.example.org@EXAMPLE.ORG");
        assertThat(settings.login().orElseThrow().keytab()).isEqualTo(folder.resolve("security/tidegate.keytab"));
        assertThat(settings.proxyUsers()).isTrue();
        assertThat(read("hadoop: {}").hadoop().orElseThrow().settings()).isEqualTo(HadoopSettings.NONE);
    }

    @Test
    void theExampleOfSecretsSaysWhatItMeans() throws IOException {
        SecretsSection secrets = read(example("secrets")).secrets().orElseThrow();
        assertThat(secrets.variables()).containsExactly("WAREHOUSE_PASSWORD", "LANDING_*");
        assertThat(secrets.folders()).containsExactly(Path.of("/run/secrets/tidegate"));
        assertThat(read("").secrets()).isEmpty();
        assertThat(read("secrets: {}").secrets().orElseThrow().folders()).isEmpty();
    }

    @Test
    void theExampleOfServersSaysWhatItMeans() throws IOException {
        ServersSection servers = read(example("servers")).serversOrAlone();
        assertThat(servers.name()).contains("scheduler-1");
        assertThat(servers.sharedFolder()).contains(Path.of("/mnt/tidegate"));
        assertThat(read("").serversOrAlone().sharedFolder()).isEmpty();
    }

    @Test
    void theExampleOfSensorsSaysWhatItMeans() throws IOException {
        SensorsSection sensors = read(example("sensors")).sensors().orElseThrow();
        assertThat(sensors.addresses()).containsExactly(URI.create("https://partner.example.org/ready/"));
        assertThat(sensors.askable().get("warehouse").user()).contains("tidegate_reader");
        assertThat(sensors.databases().orElseThrow().get("warehouse").passwordEnv())
                .isEmpty();
        assertThat(sensors.databases().orElseThrow().get("warehouse").passwordFile())
                .contains("/etc/tidegate/warehouse.password");
        assertThatThrownBy(() -> read("sensors: { http_allowed: [example.org] }"))
                .hasMessageContaining("sensors.http_allowed: 'example.org' is not the beginning of an address");
        assertThatThrownBy(() -> read("sensors: { databases: { a: { url: \"jdbc:postgresql:a?password=b\" } } }"))
                .hasMessageContaining("a password does not stand in url");
        assertThatThrownBy(() -> read("sensors: { databases: { a: { url: \"jdbc:h2:mem\" } } }"))
                .hasMessageContaining("needs a url that begins with jdbc:postgresql:");
    }

    @Test
    void everyKeyIsInTheManual() throws IOException {
        String manual = Files.readString(OPERATIONS);
        Set<String> keys = new LinkedHashSet<>();
        collect(ConfigurationFile.class, keys);

        assertThat(keys).contains("execution", "attempts_at_once", "orphan_grace", "namespace", "keytab");
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
        assertThat(read(example("truth")).truth())
                .map(TruthSection::patience)
                .contains(patience(Duration.ofMinutes(10)));
        assertThat(read("truth: { orphan_grace: 2h }").truth())
                .map(TruthSection::patience)
                .contains(patience(Duration.ofHours(2)));
        assertThat(read("truth: { orphan_grace: never }").truth())
                .map(section -> section.patience().orphan())
                .contains(Optional.empty());
        assertThat(read("truth: {}").truth()).map(TruthSection::patience).contains(TruthKeeper.Patience.DEFAULT);
    }

    @Test
    void runningAttemptsAreAskedHowFarTheyAreEveryFiveSecondsUnlessTheFileSaysOtherwise() throws IOException {
        assertThat(read("").executionOrUsual().progressInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(read(example("execution")).executionOrUsual().progressInterval())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(read("execution: { progress_every: 30s }").executionOrUsual().progressInterval())
                .isEqualTo(Duration.ofSeconds(30));
    }

    private static TruthKeeper.Patience patience(Duration orphanGrace) {
        TruthKeeper.Patience usual = TruthKeeper.Patience.DEFAULT;
        return new TruthKeeper.Patience(usual.confirmed(), usual.outlived(), Optional.of(orphanGrace));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                truth: { orphan_grace: 10 }                   | truth.orphan_grace: 10 has no unit; a duration is a number with s, m, h or d; did you mean '10m'?
                execution: { progress_every: 5 }              | execution.progress_every: 5 has no unit; a duration is a number with s, m, h or d; did you mean '5s'?
                history: { keep: 90 }                         | history.keep: 90 has no unit; a duration is a number with s, m, h or d; did you mean '90d'?
                history: { runs: 9 }                          | history.runs must be at least 10, which always stay, not 9
                attempts: { keep: 14 }                        | attempts.keep: 14 has no unit; a duration is a number with s, m, h or d; did you mean '14d'?
                attempts: { keep: 0d }                        | attempts.keep must be longer than 0d
                archive: { keep: 14d }                        | archive.uri must be an absolute path or a URI such as hdfs://host/tidegate
                archive: { uri: logs/here }                   | archive.uri must be an absolute path or a URI such as hdfs://host/tidegate, not 'logs/here'
                archive: { uri: /logs, keep: a year }         | archive.keep: 'a year' is not a duration; write a whole number with s, m, h or d, such as 20m
                hadoop: { principal: tidegate }               | hadoop needs both principal and keytab, or neither
                hadoop: { keytab: /no/such, principal: x }    | hadoop.keytab: there is no file /no/such that can be read
                secrets: { environment: ["*"] }               | secrets.environment takes names of variables, such as WAREHOUSE_PASSWORD or WAREHOUSE_*, not '*'
                secrets: { files: [/] }                       | secrets.files takes absolute paths of folders below the root, not '/'
                secrets: { files: [secrets] }                 | secrets.files takes absolute paths of folders below the root, not 'secrets'
                servers: { shared: tidegate }                 | servers.shared must be an absolute path, not 'tidegate': all servers on the database must find the same folder there
                servers: { name: "" }                         | servers.name must not be empty: leave it out, or give the server a name
                hadoop: { configuration: [/no/such] }         | hadoop.configuration: there is no file /no/such that can be read
                """)
    void whatMakesNoSenseIsTold(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("tidegate.yaml:1:")
                .hasMessageEndingWith(message);
    }
}
