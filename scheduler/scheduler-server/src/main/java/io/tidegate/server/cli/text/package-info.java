/** Text for terminals: tables, durations, colours. */
package io.tidegate.server.cli.text;
