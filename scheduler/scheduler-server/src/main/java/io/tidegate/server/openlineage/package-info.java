/**
 * Tells lineage receivers what attempts did, as OpenLineage run events. Only the server's composition may import it. What was reported is in the
 * database already: a receiver that is slow or gone keeps no run waiting.
 */
package io.tidegate.server.openlineage;
