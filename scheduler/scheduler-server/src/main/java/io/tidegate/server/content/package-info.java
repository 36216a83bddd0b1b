/** What the server itself finds out about the data of steps: the content of outputs whose programs said nothing of it. */
package io.tidegate.server.content;
