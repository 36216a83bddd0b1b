/** What a server is told at its start: by options, and by a configuration file. */
package io.tidegate.server.settings;
