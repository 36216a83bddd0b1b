/**
 * Measures the engine beside the limits of the machine it runs on. Starts servers as people do and talks to them over HTTP; nothing else of the
 * server may import this package but the command line.
 */
package io.tidegate.server.bench;
