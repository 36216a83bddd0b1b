package io.tidegate.server.rest;

import io.tidegate.dag.DagId;
import io.tidegate.dag.parser.diff.Change;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.view.DagViews;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.server.definitions.StoredDags;
import io.tidegate.server.definitions.VersionDiff;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Versions of a DAG, and what is different between them. */
@Path("/dags/{dag}/versions")
@Produces(MediaType.APPLICATION_JSON)
public final class VersionResource {
    private static final int MOST = 500;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{4,64}");
    private static final String CURRENT = "current";

    private final DataQueries data;
    private final StoredDags stored;

    VersionResource(DataQueries data, StoredDags stored) {
        this.data = data;
        this.stored = stored;
    }

    /**
     * What a version changed.
     *
     * @param version its number, its hash or the beginning of it, or {@code current}
     * @param from what it is compared with; the version before when left out
     */
    @GET
    @Path("/{version}/changes")
    public DagViews.VersionChanges changes(
            @PathParam("dag") String dag, @PathParam("version") String version, @QueryParam("from") String from) {
        DagId id = Requests.dag(dag);
        List<DagViews.VersionView> versions = data.versions(id, MOST);
        if (versions.isEmpty()) {
            throw ProblemException.notFound("there is no DAG '" + dag + "'");
        }
        DagViews.VersionView to = find(versions, version);
        Optional<DagViews.VersionView> before = from == null
                ? versions.stream()
                        .filter(one -> one.number() == to.number() - 1)
                        .findFirst()
                : Optional.of(find(versions, from));
        List<DagViews.VersionChange> changes =
                before.map(earlier -> between(id, earlier, to)).orElse(List.of());
        return new DagViews.VersionChanges(before, to, changes);
    }

    private List<DagViews.VersionChange> between(DagId dag, DagViews.VersionView before, DagViews.VersionView after) {
        return VersionDiff.between(graph(dag, before), graph(dag, after)).stream()
                .map(VersionResource::view)
                .toList();
    }

    private StoredDags.Stored graph(DagId dag, DagViews.VersionView version) {
        try {
            return stored.require(new DagVersionId(dag, version.version()));
        } catch (IllegalStateException unreadable) {
            throw ProblemException.conflict(unreadable.getMessage());
        }
    }

    private static DagViews.VersionChange view(Change change) {
        return new DagViews.VersionChange(
                change.kind().word(), change.path(), change.before(), change.after(), change.text());
    }

    private static DagViews.VersionView find(List<DagViews.VersionView> versions, String name) {
        if (NUMBER.matcher(name).matches()) {
            Optional<DagViews.VersionView> numbered = versions.stream()
                    .filter(version -> version.number() == Long.parseLong(name))
                    .findFirst();
            if (numbered.isPresent()) {
                return numbered.get();
            }
        }
        Predicate<DagViews.VersionView> named = name.equals(CURRENT)
                ? DagViews.VersionView::current
                : version -> HASH.matcher(name).matches() && version.version().startsWith(name);
        List<DagViews.VersionView> found = versions.stream().filter(named).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String message =
                found.isEmpty() ? "there is no version '" + name + "'" : "several versions begin with '" + name + "'";
        throw ProblemException.notFound(message + "; a version is named by its number, which is at most "
                + versions.get(0).number() + ", by its hash or the beginning of it, or as 'current'");
    }
}
