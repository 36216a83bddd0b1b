/** Which attempts stand for which runs: the runs that steps of other runs started. */
package io.tidegate.store.subrun;
