/**
 * The walk over what was built on what: from contents to the attempts that wrote them, to what those read, and back. A partition may have
 * been written several times; a reader is tied to the writer whose content it saw.
 */
package io.tidegate.store.lineage;
