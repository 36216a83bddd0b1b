/**
 * The engine: claims runs, keeps them in memory, asks the planner, commits its decisions in groups, and carries out effects after their
 * commit. Declares the ports the server implements. Imports everything below it; only the server imports it.
 */
package io.tidegate.scheduler.engine;
