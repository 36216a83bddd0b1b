/** Models, the thresholds that open a refit and the gate a publication must pass: declarations only. */
package io.tidegate.dag.model;
