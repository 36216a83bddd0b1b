/** Turns a decided launch into what an executor starts: workload, environment and the step's specification. */
package io.tidegate.server.launch;
