/** When a DAG runs, and the data interval a run is for. Declarations only: logical times are computed elsewhere. */
package io.tidegate.dag.schedule;
