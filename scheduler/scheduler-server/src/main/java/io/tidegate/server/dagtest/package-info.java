/**
 * Tests of DAGs: finds test files, plays their cases and holds each against what it expects. Needs no server and no database. The command line
 * imports it.
 */
package io.tidegate.server.dagtest;
