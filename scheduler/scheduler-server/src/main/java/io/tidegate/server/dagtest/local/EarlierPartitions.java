package io.tidegate.server.dagtest.local;

import java.util.Set;
import java.util.function.Predicate;

/**
 * Which partitions of earlier intervals are there: those that are given, and all of a dataset at which no step that really runs looks back. Asked
 * only after it has been told. Not thread-safe.
 */
final class EarlierPartitions implements Predicate<String> {
    private Set<String> given = Set.of();
    private Set<String> lookedBackAt = Set.of();

    /**
     * Tells what there is.
     *
     * @param partitions by their {@link io.tidegate.server.dagtest.run.GivenWorld#place}
     * @param datasets names of those at whose earlier partitions steps look that really run
     */
    void are(Set<String> partitions, Set<String> datasets) {
        given = Set.copyOf(partitions);
        lookedBackAt = Set.copyOf(datasets);
    }

    @Override
    public boolean test(String place) {
        String dataset = place.substring(0, place.indexOf('@'));
        return given.contains(place) || !lookedBackAt.contains(dataset);
    }
}
