package io.tidegate.server.rest;

import io.tidegate.scheduler.view.NodeQueries;
import io.tidegate.scheduler.view.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** The servers that work on this database. */
@Path("/nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodeResource {
    private final NodeQueries nodes;

    NodeResource(NodeQueries nodes) {
        this.nodes = nodes;
    }

    @GET
    public Page<NodeQueries.NodeView> list() {
        return new Page<>(nodes.nodes(), Optional.empty());
    }
}
