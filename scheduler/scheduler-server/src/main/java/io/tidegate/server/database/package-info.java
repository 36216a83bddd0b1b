/** Where PostgreSQL comes from: embedded in the home folder, or any server by URL. Imports nothing else of the server. */
package io.tidegate.server.database;
