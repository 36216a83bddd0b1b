/** Lands raw data, interval by interval. */
package io.tidegate.steps.ingest;
