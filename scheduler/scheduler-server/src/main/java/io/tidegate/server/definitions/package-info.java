/** Brings DAG files into the database: finds them, parses them, keeps a snapshot of each version's folder, gives graphs back. */
package io.tidegate.server.definitions;
