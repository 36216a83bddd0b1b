/** Tests of the Spark executor. */
package io.tidegate.executor.spark;
