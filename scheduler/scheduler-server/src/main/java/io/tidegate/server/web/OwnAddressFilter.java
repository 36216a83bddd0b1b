package io.tidegate.server.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests whose {@code Host} is not this server's own loopback name, and those that a page of another origin sent. Until accounts
 * exist this is what keeps web pages from steering the server of whoever looks at them: by DNS rebinding (wrong host) or by cross-site requests
 * (wrong origin). See the Fetch standard, section "Origin header". Steps on other machines know the server by another name, that of whatever
 * forwards to it; they may do one thing, report, which takes the token of their attempt that no page knows.
 */
public final class OwnAddressFilter implements Filter {
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern REPORT = Pattern.compile("/api/v1/attempts/[a-z0-9-]{1,63}/report");

    /** What a name without a port means. */
    private static final String USUAL_PORT = "80";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        int port = request.getLocalPort();
        String host = http.getHeader("Host");
        String origin = http.getHeader("Origin");
        if (!isOwn(host, port) && !isReportOfStep(http)) {
            refuse(
                    (HttpServletResponse) response,
                    "this server answers to localhost and 127.0.0.1 only, not to '" + printable(host) + "'");
        } else if (origin != null && !isOwnOrigin(origin, port)) {
            refuse((HttpServletResponse) response, "a page of '" + printable(origin) + "' may not use this server");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isReportOfStep(HttpServletRequest http) {
        return "POST".equals(http.getMethod())
                && REPORT.matcher(http.getRequestURI()).matches();
    }

    private static boolean isOwn(String host, int port) {
        if (host == null) {
            return false;
        }
        int colon = host.lastIndexOf(':');
        boolean named = colon > host.lastIndexOf(']');
        String name = named ? host.substring(0, colon) : host;
        String asked = named ? host.substring(colon + 1) : USUAL_PORT;
        return OWN_NAMES.contains(name.toLowerCase(Locale.ROOT)) && asked.equals(String.valueOf(port));
    }

    private static boolean isOwnOrigin(String origin, int port) {
        try {
            URI uri = URI.create(origin);
            return "http".equals(uri.getScheme()) && uri.getAuthority() != null && isOwn(uri.getAuthority(), port);
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    private static String printable(String header) {
        String text = String.valueOf(header).replaceAll("[^A-Za-z0-9.:/_\\[\\]-]", "?");
        return text.length() > 100 ? text.substring(0, 100) : text;
    }

    private static void refuse(HttpServletResponse response, String detail) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/problem+json");
        byte[] body = ("{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\"" + detail
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        response.getOutputStream().write(body);
    }
}
