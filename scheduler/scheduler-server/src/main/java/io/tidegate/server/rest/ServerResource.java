package io.tidegate.server.rest;

import io.tidegate.scheduler.view.DagViews;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The server itself, and the description of this interface. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class ServerResource {
    private final Supplier<DagViews.Server> server;

    ServerResource(Supplier<DagViews.Server> server) {
        this.server = server;
    }

    @GET
    @Path("server")
    public DagViews.Server server() {
        return server.get();
    }

    @GET
    @Path("openapi.json")
    public String openApi() throws IOException {
        try (InputStream stream = ServerResource.class.getResourceAsStream("/openapi.json")) {
            if (stream == null) {
                throw ProblemException.notFound("this build does not bring the description of its interface");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
