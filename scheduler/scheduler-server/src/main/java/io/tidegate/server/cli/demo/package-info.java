/** The demo: a server, a backfill of an example DAG, and a display of what happens. Uses the server only as any client could. */
package io.tidegate.server.cli.demo;
