/** The command line's way to the server: the same REST interface the dashboard uses. */
package io.tidegate.server.cli.client;
