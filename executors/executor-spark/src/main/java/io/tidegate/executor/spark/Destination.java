package io.tidegate.executor.spark;

/**
 * Where one application goes.
 *
 * @param profile what it is submitted with
 * @param master the master's address, as spark-submit reads it
 * @param inCluster whether the driver runs in the cluster
 */
record Destination(SparkProfile profile, String master, boolean inCluster) {
    static final String KUBERNETES = "k8s://";

    boolean isKubernetes() {
        return master.startsWith(KUBERNETES);
    }

    boolean isLocal() {
        return SubmitLine.isLocal(master);
    }
}
