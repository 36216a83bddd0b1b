/** Runs: made once, claimed by one node at a time, loaded whole. Writing them is the package {@code commit}. */
package io.tidegate.store.run;
