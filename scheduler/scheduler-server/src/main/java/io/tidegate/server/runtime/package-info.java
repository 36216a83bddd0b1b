/** The composition root: makes every part of a server, in order, and ends them in the opposite order. */
package io.tidegate.server.runtime;
