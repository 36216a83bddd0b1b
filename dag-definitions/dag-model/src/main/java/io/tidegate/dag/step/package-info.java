/** Steps: what they do, on which executor, within which limits. Declarations only. */
package io.tidegate.dag.step;
