/** What steps report: metrics, parameters, outputs, datasets read and written, model versions. Already checked and typed. */
package io.tidegate.scheduler.report;
