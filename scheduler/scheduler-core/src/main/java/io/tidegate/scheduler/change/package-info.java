/** What a decision of the planner changes: the vocabulary between the engine and the store. */
package io.tidegate.scheduler.change;
