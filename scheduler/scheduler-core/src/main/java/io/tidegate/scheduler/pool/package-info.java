/**
 * Places that attempts must have before they are launched: what an attempt asks for, and the pure rule that says whose turn it is. Imports
 * definitions, runs and launch keys; changes, the planner, ports and the engine may import it.
 */
package io.tidegate.scheduler.pool;
