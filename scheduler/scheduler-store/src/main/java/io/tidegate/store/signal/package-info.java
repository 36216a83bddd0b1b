/** How nodes on one database wake each other. May be imported by the store's entry alone. */
package io.tidegate.store.signal;
