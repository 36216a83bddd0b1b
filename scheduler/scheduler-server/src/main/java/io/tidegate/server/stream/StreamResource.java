package io.tidegate.server.stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;

/** Where dashboards listen. */
@Path("/stream")
public final class StreamResource {
    private final EventHub hub;

    public StreamResource(EventHub hub) {
        this.hub = hub;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void listen(@Context Sse sse, @Context SseEventSink sink, @QueryParam("run") String run) {
        if (!hub.add(sse, sink, Optional.ofNullable(run))) {
            sink.close();
            return;
        }
        sink.send(sse.newEventBuilder().comment("listening").build());
    }
}
