/** Tests of DAGs. */
package io.tidegate.store.dag;
