package io.tidegate.executor.spark;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One way to submit: which Spark, and to which cluster unless the step names another.
 *
 * @param name what steps call it
 * @param home the installation
 * @param environment variables of its submits, for example HADOOP_CONF_DIR
 * @param master the master of steps that name none; this machine when absent
 * @param pagesOfMaster address of a standalone master's pages; port 8080 of the master's host when absent
 * @param historyServer address of the history server of its applications
 */
public record SparkProfile(
        String name,
        SparkHome home,
        Map<String, String> environment,
        Optional<String> master,
        Optional<String> pagesOfMaster,
        Optional<String> historyServer) {
    public SparkProfile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(home, "home");
        environment = Map.copyOf(environment);
        Objects.requireNonNull(master, "master");
        Objects.requireNonNull(pagesOfMaster, "pagesOfMaster");
        Objects.requireNonNull(historyServer, "historyServer");
    }

    /** An installation for this machine and for whatever cluster steps name. */
    static SparkProfile of(String name, SparkHome home) {
        return new SparkProfile(name, home, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
