/** The command line's entry point and its exit codes. */
package io.tidegate.server.cli;
