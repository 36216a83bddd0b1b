/**
 * A DAG definition as plain records: what an author declared, in its long form, with every default applied. Imports nothing but
 * its own sub-packages; everyone may import it.
 */
package io.tidegate.dag;
