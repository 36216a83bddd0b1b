/**
 * Runs DAGs for real without a server: on sample data, in a home folder of their own, with the executors of this machine. The command line imports
 * it.
 */
package io.tidegate.server.dagtest.local;
