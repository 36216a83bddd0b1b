/** Holds what became of a case against what it expects. Pure. */
package io.tidegate.server.dagtest.check;
