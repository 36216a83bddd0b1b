/**
 * What stands between a cluster and a step's program where the cluster would not hand everything over as it is: a main class that travels
 * with the attempt in a jar of its own. The classes that run in drivers use nothing but the Java runtime. The kinds of clusters import it.
 */
package io.tidegate.executor.spark.driver;
