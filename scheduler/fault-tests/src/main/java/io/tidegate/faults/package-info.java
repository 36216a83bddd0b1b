/**
 * The soak: several servers on one database, a mixed workload, faults that a seed draws, and what must hold all the same. Nobody imports it.
 */
package io.tidegate.faults;
