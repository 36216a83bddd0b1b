/** Looks for what sensors wait for that is no file: rows, answers, runs and times. The executor of sensors asks; the server's wiring makes them. */
package io.tidegate.server.sensor;
