/** Tests of lineage. */
package io.tidegate.store.lineage;
