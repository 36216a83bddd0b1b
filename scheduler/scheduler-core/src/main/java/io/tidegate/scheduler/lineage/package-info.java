/** Lineage: which attempt read and wrote which content of which partition, and what follows from it. */
package io.tidegate.scheduler.lineage;
