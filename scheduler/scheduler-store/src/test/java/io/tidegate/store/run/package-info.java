/** Tests of runs. */
package io.tidegate.store.run;
