/** Tests of nodes, their leases and their shares. */
package io.tidegate.store.node;
