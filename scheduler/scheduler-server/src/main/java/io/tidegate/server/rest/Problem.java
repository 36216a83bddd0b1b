package io.tidegate.server.rest;

import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Body of an error answer (RFC 9457).
 *
 * @param detail what is wrong and what to do, for people
 * @param errors every single thing that is wrong, when there are several
 */
public record Problem(String type, String title, int status, String detail, List<String> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Response response(int status, String title, String detail, List<String> errors) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title, status, detail, errors))
                .build();
    }
}
