package io.tidegate.server.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Serves the dashboard's files from the class path. Every address that is no file is a room of the dashboard and gets its first page, so that a
 * link into a room works.
 */
public final class DashboardServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String ROOT = "/dashboard";
    private static final String FIRST_PAGE = "/index.html";
    private static final String INTERFACES = "/api/";
    private static final String NAMED_BY_CONTENT = "/assets/";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("json", "application/json"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("webmanifest", "application/manifest+json"));

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        if (!path.matches("[A-Za-z0-9/_.@%:-]*") || path.contains("..") || path.startsWith(INTERFACES)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        boolean file = TYPES.containsKey(ending(path)) && getClass().getResource(ROOT + path) != null;
        if (!file && path.startsWith(NAMED_BY_CONTENT)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        send(file ? path : FIRST_PAGE, response);
    }

    private void send(String path, HttpServletResponse response) throws IOException {
        try (InputStream stream = getClass().getResourceAsStream(ROOT + path)) {
            if (stream == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND, "this build has no dashboard");
                return;
            }
            response.setContentType(TYPES.get(ending(path)));
            response.setHeader(
                    "Cache-Control",
                    path.startsWith(NAMED_BY_CONTENT) ? "public, max-age=31536000, immutable" : "no-cache");
            stream.transferTo(response.getOutputStream());
        }
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
