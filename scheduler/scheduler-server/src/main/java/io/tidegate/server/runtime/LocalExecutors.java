package io.tidegate.server.runtime;

import io.tidegate.executor.Executor;
import io.tidegate.executor.process.ProcessExecutor;
import io.tidegate.executor.process.ProcessSettings;
import io.tidegate.executor.spark.SparkExecutor;
import io.tidegate.server.home.HomeFolder;
import io.tidegate.server.settings.ServerSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The executors of this machine, by name. */
record LocalExecutors(List<Executor> all) implements AutoCloseable {

    static LocalExecutors of(ServerSettings settings, HomeFolder home, InstantSource clock) {
        ProcessSettings processes = ProcessSettings.defaults(home.attempts());
        return new LocalExecutors(List.of(
                new ProcessExecutor(processes, clock),
                SparkExecutor.local(
                        processes,
                        settings.installation().sparkHome(Optional.ofNullable(System.getenv("SPARK_HOME"))),
                        home.sparkArchives(),
                        clock)));
    }

    Optional<Executor> find(String name) {
        return all.stream().filter(executor -> executor.name().equals(name)).findFirst();
    }

    @Override
    public void close() {
        all.forEach(Executor::close);
    }
}
