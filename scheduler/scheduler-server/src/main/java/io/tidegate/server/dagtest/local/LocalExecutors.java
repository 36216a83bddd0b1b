package io.tidegate.server.dagtest.local;

import io.tidegate.executor.Executor;
import io.tidegate.executor.InstallationId;
import io.tidegate.executor.process.ProcessExecutor;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.spark.SparkExecutor;
import io.tidegate.executor.spark.SparkHome;
import io.tidegate.executor.spark.SparkSettings;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.secret.MaskedExecutor;
import io.tidegate.server.secret.SecretMask;
import io.tidegate.server.settings.Installation;
import io.tidegate.storage.hadoop.HadoopSettings;
import io.tidegate.storage.hadoop.HadoopStorages;
import io.tidegate.storage.sensor.SensorExecutor;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What runs on this machine alone: processes, Spark, and sensors. */
final class LocalExecutors implements AutoCloseable {
    private final List<Executor> executors;

    LocalExecutors(HomeFolder home, Installation installation, InstantSource clock, Supplier<SecretMask> masks) {
        ProcessSettings processes = ProcessSettings.defaults(ourselves(), home.attempts());
        SparkSettings spark = new SparkSettings(
                SparkHome.choose(System.getenv(), installation.assembledSparkHome()),
                home.sparkArchives(System.getenv()),
                SparkSettings.Archives.NEVER);
        this.executors = Stream.<Executor>of(
                        new ProcessExecutor(processes, clock),
                        new SparkExecutor(spark, processes, clock),
                        new SensorExecutor(home.attempts(), new HadoopStorages(HadoopSettings.NONE, clock), clock))
                .<Executor>map(executor -> new MaskedExecutor(executor, masks))
                .toList();
    }

    /** Nobody else knows of these runs: they belong to this process alone. */
    private static InstallationId ourselves() {
        return new InstallationId("local-" + ProcessHandle.current().pid());
    }

    Optional<Executor> find(String name) {
        return executors.stream()
                .filter(executor -> executor.name().equals(name))
                .findFirst();
    }

    @Override
    public void close() {
        executors.forEach(Executor::close);
    }
}
