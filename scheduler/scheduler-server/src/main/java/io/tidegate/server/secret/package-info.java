/**
 * Secrets: where they are read, who may read them, and how they are kept out of everything that is kept or shown. May be imported by what
 * launches steps and by the wiring.
 */
package io.tidegate.server.secret;
