package io.tidegate.dag.step;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a Spark application is submitted to.
 *
 * @param profile name of a Spark profile of the server's configuration; the server's own Spark when absent
 * @param master for example {@code local[2]}, {@code yarn} or {@code spark://host:7077}; the profile's when absent
 * @param deployMode where the driver runs; what suits the master when absent
 * @param queue queue of the cluster's resource manager
 * @param login who the application is for, where the cluster asks for Kerberos
 */
public record SparkTarget(
        Optional<String> profile,
        Optional<String> master,
        Optional<DeployMode> deployMode,
        Optional<String> queue,
        Optional<Login> login) {
    /** Where the driver runs. */
    public enum DeployMode {
        /** In the process that submits. */
        CLIENT,
        /** In the cluster, so that it outlives the process that submits. */
        CLUSTER
    }

    /**
     * A Kerberos identity.
     *
     * @param principal for example {@code etl@EXAMPLE.ORG}
     * @param keytab absolute path of its keytab on the server's machine
     */
    public record Login(String principal, String keytab) {
        public Login {
            Objects.requireNonNull(principal, "principal");
            Objects.requireNonNull(keytab, "keytab");
        }
    }

    public SparkTarget {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(master, "master");
        Objects.requireNonNull(deployMode, "deployMode");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(login, "login");
    }

    /** A master of the server's own Spark, all else as it comes. */
    public static SparkTarget of(String master) {
        return new SparkTarget(
                Optional.empty(), Optional.of(master), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same place with the driver there. */
    public SparkTarget withDeployMode(DeployMode mode) {
        return new SparkTarget(profile, master, Optional.of(mode), queue, login);
    }

    /** The same place through a profile. */
    public SparkTarget withProfile(String name) {
        return new SparkTarget(Optional.of(name), master, deployMode, queue, login);
    }
}
