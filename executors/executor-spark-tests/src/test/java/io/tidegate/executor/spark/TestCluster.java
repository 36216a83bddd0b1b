package io.tidegate.executor.spark;

import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.testkit.ContractWorkloads;
import java.util.Map;

/** A real cluster that tests submit to. One of each kind serves all tests of a virtual machine. */
interface TestCluster {
    /** How its applications are submitted. */
    SparkProfile profile();

    /** Spark properties that make its applications small and let them find what they need. */
    Map<String, String> configuration();

    /** The contract's programs in the form that this cluster runs. */
    ContractWorkloads workloads();

    /** Lets the cluster forget an application. Others that it runs may suffer. */
    void forget(ExternalJob job);
}
