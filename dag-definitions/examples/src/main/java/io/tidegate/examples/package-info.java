/** The steps of the example DAGs: what a user of Tidegate writes. */
package io.tidegate.examples;
