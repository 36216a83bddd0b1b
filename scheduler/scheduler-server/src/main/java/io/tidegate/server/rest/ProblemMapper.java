package io.tidegate.server.rest;

import com.fasterxml.jackson.core.JacksonException;
import io.tidegate.scheduler.store.StoreUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into a problem detail. Stack traces go to the log, under a number that the answer names. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
    private static final String RETRY_SECONDS = "2";

    @Override
    public Response toResponse(Throwable problem) {
        if (problem instanceof ProblemException known) {
            return Problem.response(known.status(), known.title(), known.getMessage(), known.errors());
        }
        if (problem instanceof WebApplicationException web) {
            return ofWeb(web);
        }
        if (problem instanceof JacksonException json) {
            return Problem.response(
                    400,
                    "Bad request",
                    "the body is not the JSON this path takes: " + json.getOriginalMessage(),
                    List.of());
        }
        if (problem instanceof StoreUnavailableException) {
            LOG.warn("database not available: {}", problem.getMessage());
            return Response.fromResponse(Problem.response(
                            503,
                            "Database not available",
                            "the database does not answer right now; try again shortly",
                            List.of()))
                    .header("Retry-After", RETRY_SECONDS)
                    .build();
        }
        String number = UUID.randomUUID().toString();
        LOG.error("request failed, error {}", number, problem);
        return Problem.response(
                500,
                "Internal error",
                "this is a fault in Tidegate; the server's log has more under error " + number,
                List.of());
    }

    private static Response ofWeb(WebApplicationException web) {
        Response.StatusType status = web.getResponse().getStatusInfo();
        String detail = switch (status.getStatusCode()) {
            case 404 -> "there is nothing at this address; the interface is described at /api/v1/openapi.json";
            case 405 -> "this address does not take this method";
            case 413 -> web.getMessage();
            case 415 -> "this address takes application/json";
            default -> status.getReasonPhrase();
        };
        return Problem.response(status.getStatusCode(), status.getReasonPhrase(), detail, List.of());
    }
}
