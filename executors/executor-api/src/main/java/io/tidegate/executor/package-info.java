/**
 * The face every executor shows the scheduler: launch, find, watch, cancel, output. Imports only the DAG model. An executor has no
 * database access and keeps no state that a restart could lose: the launch key leads back to everything it started.
 */
package io.tidegate.executor;
