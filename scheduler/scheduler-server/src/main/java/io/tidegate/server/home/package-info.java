/** The folder a server keeps its data in. Knows paths and who holds the folder; nothing of what lies in them. */
package io.tidegate.server.home;
