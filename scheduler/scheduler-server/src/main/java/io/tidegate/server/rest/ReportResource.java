package io.tidegate.server.rest;

import io.tidegate.executor.LaunchKey;
import io.tidegate.server.report.ApiReports;
import io.tidegate.server.token.AttemptTokens;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** Where a step that cannot write to its report file reports: the same lines, under the token of its attempt. */
@Path("/attempts/{launchKey}/report")
@Consumes(MediaType.WILDCARD)
public final class ReportResource {
    private static final String BEARER = "Bearer ";

    private final AttemptTokens tokens;
    private final ApiReports reports;
    private final Predicate<LaunchKey> isGoing;

    /**
     * @param isGoing whether an attempt has not ended: its token dies with it
     */
    ReportResource(AttemptTokens tokens, ApiReports reports, Predicate<LaunchKey> isGoing) {
        this.tokens = tokens;
        this.reports = reports;
        this.isGoing = isGoing;
    }

    @POST
    public void report(
            @PathParam("launchKey") String launchKey,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            InputStream body)
            throws IOException {
        LaunchKey key = key(launchKey);
        if (authorization == null
                || !authorization.startsWith(BEARER)
                || !tokens.matches(key, authorization.substring(BEARER.length()))) {
            throw ProblemException.unauthorized("send the attempt's own token: Authorization: Bearer $TIDEGATE_TOKEN");
        }
        if (!isGoing.test(key)) {
            throw ProblemException.conflict("attempt " + key + " has ended; it can report no more");
        }
        if (!reports.append(key, body)) {
            throw ProblemException.tooLarge("an attempt may report " + (ApiReports.MOST_BYTES >> 20)
                    + " MiB in all; nothing of this request was kept");
        }
    }

    private static LaunchKey key(String text) {
        try {
            return new LaunchKey(text);
        } catch (IllegalArgumentException notOne) {
            throw ProblemException.unauthorized("there is no attempt '" + text + "'");
        }
    }
}
