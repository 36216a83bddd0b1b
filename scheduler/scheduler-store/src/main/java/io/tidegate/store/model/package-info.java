/** Models, their versions and champions. The package {@code commit} changes champions through it. */
package io.tidegate.store.model;
