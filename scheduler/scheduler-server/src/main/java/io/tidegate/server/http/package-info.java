/** The HTTP server itself: Dropwizard on one loopback port. */
package io.tidegate.server.http;
