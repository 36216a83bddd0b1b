package io.tidegate.server.runtime;

import io.tidegate.executor.AttemptOutput;
import io.tidegate.executor.Executor;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.executor.kubernetes.KubernetesExecutor;
import io.tidegate.executor.kubernetes.settings.KubernetesSettings;
import io.tidegate.executor.process.ProcessExecutor;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.spark.SparkExecutor;
import io.tidegate.executor.spark.SparkHome;
import io.tidegate.executor.spark.SparkProfile;
import io.tidegate.executor.spark.SparkSettings;
import io.tidegate.scheduler.subrun.SubRunExecutor;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.secret.MaskedExecutor;
import io.tidegate.server.secret.SecretMask;
import io.tidegate.server.settings.KubernetesClusters;
import io.tidegate.server.settings.KubernetesSection;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.settings.SettingsException;
import io.tidegate.server.settings.SparkSection;
import io.tidegate.storage.Storages;
import io.tidegate.storage.sensor.Probe;
import io.tidegate.storage.sensor.SensorExecutor;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The executors of this server, by name.
 *
 * @param dags runs other DAGs
 * @param kubernetes absent where the configuration names no cluster
 * @param all each of them, with secrets hidden in everything that comes from it
 */
record ServerExecutors(
        ProcessExecutor processes,
        SparkExecutor spark,
        SensorExecutor sensors,
        SubRunExecutor dags,
        Optional<KubernetesExecutor> kubernetes,
        Map<String, Executor> all)
        implements AutoCloseable {

    /**
     * What steps need that only wait.
     *
     * @param storages where sensors look for files
     * @param probes who looks for what is no file
     * @param dags runs other DAGs; closed with the other executors
     */
    record Waiting(Storages storages, Map<String, Probe> probes, SubRunExecutor dags) {}

    /** @param installation what the jobs they start are marked with */
    static ServerExecutors of(
            ServerSettings settings,
            InstallationId installation,
            HomeFolder home,
            Waiting waiting,
            Supplier<SecretMask> masks,
            InstantSource clock) {
        ProcessSettings processes = ProcessSettings.defaults(installation, home.attempts());
        SparkHome sparkHome =
                SparkHome.choose(System.getenv(), settings.installation().assembledSparkHome());
        Path cache = home.sparkArchives(System.getenv());
        ProcessExecutor local = new ProcessExecutor(processes, clock);
        SparkExecutor spark = new SparkExecutor(
                new SparkSettings(sparkHome, cache, SparkSettings.Archives.IN_BACKGROUND)
                        .withProfiles(profiles(settings.file().spark().orElse(SparkSection.EMPTY), sparkHome)),
                processes,
                clock);
        SensorExecutor sensors = new SensorExecutor(home.attempts(), waiting.storages(), waiting.probes(), clock);
        Optional<KubernetesExecutor> kubernetes =
                settings.file().kubernetes().map(section -> kubernetes(section, processes, clock));
        Map<String, Executor> all = new LinkedHashMap<>();
        Stream.of(Stream.of(local, spark, sensors, waiting.dags()), kubernetes.stream(), settings.programs().stream())
                .flatMap(executors -> executors)
                .forEach(executor -> all.put(executor.name(), new MaskedExecutor(executor, masks)));
        return new ServerExecutors(local, spark, sensors, waiting.dags(), kubernetes, Collections.unmodifiableMap(all));
    }

    private static KubernetesExecutor kubernetes(
            KubernetesSection section, ProcessSettings local, InstantSource clock) {
        try {
            return new KubernetesExecutor(
                    new KubernetesSettings(
                            local.installation(), local.attempts(), local.logLimit(), KubernetesClusters.of(section)),
                    clock);
        } catch (IllegalArgumentException wrong) {
            throw new SettingsException("kubernetes: " + wrong.getMessage());
        }
    }

    private static Map<String, SparkProfile> profiles(SparkSection section, SparkHome ownHome) {
        Map<String, SparkProfile> profiles = new HashMap<>();
        section.profiles()
                .forEach((name, profile) -> profiles.put(
                        name,
                        new SparkProfile(
                                name,
                                profile.home()
                                        .map(path -> new SparkHome(Path.of(path)))
                                        .orElse(ownHome),
                                profile.environment(),
                                profile.master(),
                                profile.masterPages(),
                                profile.historyServer())));
        return profiles;
    }

    List<Executor> list() {
        return List.copyOf(all.values());
    }

    Optional<Executor> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /**
     * What an attempt wrote, as far as its executor still has it.
     *
     * @throws IllegalStateException when there is no such executor
     */
    AttemptOutput output(String executor, LaunchKey key) {
        return find(executor)
                .orElseThrow(() -> new IllegalStateException("this server has no executor '" + executor + "'"))
                .output(key);
    }

    @Override
    public void close() {
        processes.close();
        spark.close();
        sensors.close();
        dags.close();
        kubernetes.ifPresent(KubernetesExecutor::close);
    }
}
