/** The commands, a class each. */
package io.tidegate.server.cli.command;
