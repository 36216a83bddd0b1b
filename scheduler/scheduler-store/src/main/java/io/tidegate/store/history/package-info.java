/** Lets go of old runs and messages. */
package io.tidegate.store.history;
