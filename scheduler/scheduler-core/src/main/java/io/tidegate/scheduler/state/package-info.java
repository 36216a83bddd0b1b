/** States and their static transition tables. Pure functions; the diagrams in the documentation are generated from them. */
package io.tidegate.scheduler.state;
