/** Adds to alerts what only files and DAG versions know: the failing lines of the log, and what the failure touches. */
package io.tidegate.server.alert;
