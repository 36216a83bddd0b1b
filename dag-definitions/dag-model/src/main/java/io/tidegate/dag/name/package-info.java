/** The rule for identifiers, and names of what lies elsewhere. Everyone may import it. */
package io.tidegate.dag.name;
