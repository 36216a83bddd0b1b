/** Nodes and their leases. */
package io.tidegate.store.node;
