/** Tests of the Spark executor that run Spark. */
package io.tidegate.executor.spark;
