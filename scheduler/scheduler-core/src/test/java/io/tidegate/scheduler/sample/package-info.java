/** DAGs and clocks for tests. */
package io.tidegate.scheduler.sample;
