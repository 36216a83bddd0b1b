package io.tidegate.server.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.scheduler.view.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * All DAGs with their newest runs, which every open dashboard asks for again and again: computed once for all of them, and not sent again to
 * those who have it. As a filter it notices what people change.
 */
@Path("/dags")
@Produces(MediaType.APPLICATION_JSON)
public final class OverviewResource implements ContainerResponseFilter {
    private final SharedAnswer<Overview> overview;
    private final AtomicLong requests = new AtomicLong();

    /** @param changes grows with every change that this server hears of, but for those that come through this interface */
    OverviewResource(DagPresenter dags, ObjectMapper json, LongSupplier changes) {
        overview = new SharedAnswer<>(
                () -> Overview.of(dags, json), () -> changes.getAsLong() + requests.get(), System::nanoTime);
    }

    private record Overview(byte[] body, EntityTag tag) {
        static Overview of(DagPresenter dags, ObjectMapper json) {
            try {
                byte[] body = json.writeValueAsBytes(new Page<>(dags.summaries(), Optional.empty()));
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
                return new Overview(body, new EntityTag(HexFormat.of().formatHex(digest, 0, Long.BYTES)));
            } catch (JsonProcessingException defect) {
                throw new UncheckedIOException(defect);
            } catch (NoSuchAlgorithmException everyPlatformHasIt) {
                throw new IllegalStateException(everyPlatformHasIt);
            }
        }
    }

    @GET
    public Response list(@Context Request request) {
        Overview newest = overview.get();
        CacheControl askFirst = new CacheControl();
        askFirst.setNoCache(true);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(newest.tag());
        Response.ResponseBuilder answer = unchanged == null ? Response.ok(newest.body()) : unchanged;
        return answer.tag(newest.tag()).cacheControl(askFirst).build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getMethod().equals(HttpMethod.GET)) {
            requests.incrementAndGet();
        }
    }
}
