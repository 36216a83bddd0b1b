/** Tests of the read side. */
package io.tidegate.store.query;
