/** Tells how tests went: to people, to programs as JSON, to continuous integration as JUnit XML. The command line imports it. */
package io.tidegate.server.dagtest.report;
