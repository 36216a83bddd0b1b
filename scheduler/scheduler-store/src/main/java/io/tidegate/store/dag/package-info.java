/** DAGs and their versions. */
package io.tidegate.store.dag;
