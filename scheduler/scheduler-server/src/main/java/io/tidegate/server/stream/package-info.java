/** Server-sent events: tells open dashboards what changed, so that they need not ask. */
package io.tidegate.server.stream;
