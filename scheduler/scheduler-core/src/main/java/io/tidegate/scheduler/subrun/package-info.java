/**
 * Steps that run another DAG, as an executor whose jobs are runs. Knows the stores and the trigger of runs, and the executor SPI; only the
 * server's wiring makes it.
 */
package io.tidegate.scheduler.subrun;
