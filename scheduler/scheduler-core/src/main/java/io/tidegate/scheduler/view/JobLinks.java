package io.tidegate.scheduler.view;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pages about an attempt's job that are not Tidegate's, from what its executor says of the job. */
public final class JobLinks {
    private JobLinks() {}

    /**
     * The pages of a job that has pages. Addresses come from clusters: only absolute {@code http} and {@code https} ones are links.
     *
     * @param details what is known of the job
     */
    public static List<RunViews.Link> of(Map<String, String> details) {
        List<RunViews.Link> links = new ArrayList<>();
        page(details.get("trackingUrl")).ifPresent(url -> links.add(new RunViews.Link("application", url)));
        page(details.get("historyServer"))
                .map(server -> history(server, details.get("applicationId")))
                .ifPresent(url -> links.add(new RunViews.Link("history", url)));
        return List.copyOf(links);
    }

    private static Optional<String> page(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException notOne) {
            return Optional.empty();
        }
    }

    /** Of the application once it is known; the list of all until then. */
    private static String history(String server, String application) {
        String base = server.endsWith("/") ? server : server + "/";
        boolean known = application != null && application.matches("[A-Za-z0-9_-]+");
        return known ? base + "history/" + application + "/" : base;
    }
}
