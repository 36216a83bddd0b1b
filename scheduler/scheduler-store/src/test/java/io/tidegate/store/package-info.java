/** Tests of what statements cost. */
package io.tidegate.store;
