/** Tokens that let one attempt, and nobody else, report to the API. */
package io.tidegate.server.token;
