/**
 * The REST interface under {@code /api/v1}, as {@code openapi.json} describes it. Resources read views and hand commands on; they decide
 * nothing.
 */
package io.tidegate.server.rest;
