/** What people ask of runs. */
package io.tidegate.store.command;
