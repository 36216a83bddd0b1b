/** Tests of how nodes wake each other. */
package io.tidegate.store.signal;
