/** The pointer file through which users of a model find its champion. */
package io.tidegate.server.publication;
