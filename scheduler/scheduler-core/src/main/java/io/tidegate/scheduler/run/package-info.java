/** A run as the engine holds it in memory and as the store keeps it: immutable records. */
package io.tidegate.scheduler.run;
