/** The rule for identifiers. Everyone may import it. */
package io.tidegate.dag.name;
