/** Server nodes and their ownership of runs. */
package io.tidegate.scheduler.node;
