/**
 * Attempts as local processes on Linux. Each attempt has a folder named by its launch key and a session of its own; a small shell
 * that waits for it writes down who it is and how it ended, so that no restart of the server loses either. Imports the executor SPI
 * and the JSON library; other local executors build on {@link io.tidegate.executor.process.ProcessExecutor}.
 */
package io.tidegate.executor.process;
