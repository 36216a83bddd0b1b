/** Takes in what steps report: JSON lines, from a file or the API. Whatever a step writes, reading it ends, stays small and says what was wrong. */
package io.tidegate.server.report;
