/**
 * An executor that starts nothing: it looks at data now and then until it is there. Knows storage by its face, and the executor SPI; the server's
 * wiring makes it.
 */
package io.tidegate.storage.sensor;
