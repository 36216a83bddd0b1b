/**
 * The Hadoop FileSystem API behind {@link io.tidegate.storage}, and the login to a cluster. The one place of the server's class path that knows
 * Hadoop's file systems; others make a {@link io.tidegate.storage.hadoop.HadoopStorages} and go on with the face.
 */
package io.tidegate.storage.hadoop;
