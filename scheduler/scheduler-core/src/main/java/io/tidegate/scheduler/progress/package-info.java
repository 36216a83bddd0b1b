/** How far running attempts are, asked at bounded intervals and kept in memory. Knows ports and views only. */
package io.tidegate.scheduler.progress;
