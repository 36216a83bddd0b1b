package io.tidegate.scheduler.pool;

import static io.tidegate.scheduler.pool.Requests.START;
import static io.tidegate.scheduler.pool.Requests.demand;
import static io.tidegate.scheduler.pool.Requests.granted;
import static io.tidegate.scheduler.pool.Requests.pool;
import static io.tidegate.scheduler.pool.Requests.pools;
import static io.tidegate.scheduler.pool.Requests.sizes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.step.PoolName;
import io.tidegate.executor.LaunchKey;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PlaceRuleTest {
    private static final Map<PoolName, Integer> FOUR = sizes(Map.of("spark", 4));
    private static final OptionalInt ANY = OptionalInt.empty();

    @Test
    void whoeverFitsGetsPlacesInTheOrderTheyCame() {
        assertThat(grants(
                        FOUR,
                        0,
                        Requests.of("b", 0, pool("spark", 2)),
                        Requests.of("a", 1, pool("spark", 2)),
                        Requests.of("c", 2, pool("spark", 2))))
                .containsExactly("b", "a");
    }

    @Test
    void placesThatAreHeldAreNotGivenTwice() {
        assertThat(grants(
                        FOUR,
                        0,
                        granted(Requests.of("a", 0, pool("spark", 3))),
                        Requests.of("b", 1, pool("spark", 2)),
                        Requests.of("c", 2, pool("spark", 1))))
                .containsExactly("c");
    }

    @Test
    void aPointOfPriorityIsWorthAMinuteOfWaiting() {
        PlaceRequest old = Requests.of("old", 0, pool("spark", 4));
        PlaceRequest later = Requests.of("later", 30, pools(Map.of("spark", 4), 29));
        PlaceRequest urgent = Requests.of("urgent", 30, pools(Map.of("spark", 4), 31));
        assertThat(grants(FOUR, 30, later, old)).containsExactly("old");
        assertThat(grants(FOUR, 30, urgent, old)).containsExactly("urgent");
    }

    @Test
    void whatIsTooLargeLetsOthersPassForFiveMinutesAndIsThenKeptPlacesFor() {
        PlaceRequest holder = granted(Requests.of("holder", 0, pool("spark", 2)));
        PlaceRequest large = Requests.of("large", 0, pool("spark", 4));
        PlaceRequest small = Requests.of("small", 1, pool("spark", 1));
        assertThat(grants(FOUR, 4, holder, large, small)).containsExactly("small");
        assertThat(grants(FOUR, 5, holder, large, small)).isEmpty();
        assertThat(grants(FOUR, 5, large, small)).containsExactly("large");
    }

    @Test
    void onlyWhatIsAskedForIsKept() {
        Map<PoolName, Integer> two = sizes(Map.of("spark", 4, "gpu", 1));
        PlaceRequest holder = granted(Requests.of("holder", 0, pool("gpu", 1)));
        PlaceRequest both = Requests.of("both", 0, pools(Map.of("spark", 3, "gpu", 1), 0));
        assertThat(grants(
                        two,
                        60,
                        holder,
                        both,
                        Requests.of("one", 59, pool("spark", 1)),
                        Requests.of("two", 59, pool("spark", 1))))
                .as("one of four places is left beside the three that are kept")
                .containsExactly("one");
    }

    @Test
    void whatOnlyItsOwnStepKeepsBackKeepsNothingFromOthers() {
        Demand alone = demand(Map.of("spark", 3), ANY, OptionalInt.of(1), 0);
        PlaceRequest working = granted(Requests.of("flights", "load", "1", 0, alone));
        PlaceRequest next = Requests.of("flights", "load", "2", 0, alone);
        assertThat(grants(sizes(Map.of("spark", 6)), 60, working, next, Requests.of("other", 59, pool("spark", 3))))
                .containsExactly("other");
    }

    @Test
    void aDagAndAStepHaveOnlySoManyAttemptsAtWork() {
        Demand two = demand(Map.of(), OptionalInt.of(2), OptionalInt.of(1), 0);
        assertThat(grants(
                        Map.of(),
                        0,
                        Requests.of("flights", "a", "1", 0, two),
                        Requests.of("flights", "a", "2", 1, two),
                        Requests.of("flights", "b", "3", 2, two),
                        Requests.of("flights", "c", "4", 3, two),
                        Requests.of("weather", "a", "5", 4, two)))
                .containsExactly("1", "3", "5");
    }

    @Test
    void itemsOfAStepCountAsTheStep() {
        Demand one = demand(Map.of(), ANY, OptionalInt.of(1), 0);
        assertThat(grants(
                        Map.of(),
                        0,
                        Requests.of("flights", "score.ord", "1", 0, one),
                        Requests.of("flights", "score.jfk", "2", 1, one)))
                .containsExactly("1");
    }

    @Test
    void whatCanNeverBeMetKeepsNothingFromOthers() {
        assertThat(grants(
                        FOUR,
                        60,
                        Requests.of("large", 0, pool("spark", 5)),
                        Requests.of("unknown", 0, pools(Map.of("spark", 4, "gpu", 1), 100)),
                        Requests.of("small", 59, pool("spark", 4))))
                .containsExactly("small");
    }

    @Test
    void aPoolThatWasMadeSmallerGivesNothingUntilThereIsRoom() {
        assertThat(grants(
                        sizes(Map.of("spark", 1)),
                        0,
                        granted(Requests.of("a", 0, pool("spark", 2))),
                        Requests.of("b", 0, pool("spark", 1))))
                .isEmpty();
    }

    @Test
    void whoWaitsIsToldForWhatAndWhoHasIt() {
        PlaceRequest holder = granted(Requests.of("train", 0, pool("spark", 3)));
        assertThat(reason(FOUR, 0, Requests.of("a", 1, pool("spark", 2)), holder))
                .isEqualTo("waits for 2 places of pool spark, of which 1 of 4 are free; held by flights/train");
        assertThat(reason(FOUR, 0, Requests.of("a", 1, pool("spark", 9))))
                .isEqualTo("asks for 9 places of pool spark, which has 4");
        assertThat(reason(FOUR, 0, Requests.of("a", 1, pool("gpu", 1))))
                .isEqualTo("waits for pool gpu, which does not exist; make it with: tidegate pools set gpu PLACES");
        assertThat(reason(
                        FOUR,
                        60,
                        Requests.of("a", 59, pool("spark", 1)),
                        Requests.of("large", 0, pool("spark", 4)),
                        holder))
                .isEqualTo(
                        "waits for 1 place of pool spark: 1 of 4 are free and kept for others who have waited for long");
        Demand one = demand(Map.of(), OptionalInt.of(1), OptionalInt.of(1), 0);
        assertThat(reason(FOUR, 0, Requests.of("a", 1, one), granted(Requests.of("a", 0, one))))
                .isEqualTo("DAG flights may have 1 attempt at work; held by flights/a;"
                        + " step flights/a may have 1 attempt at work; held by flights/a");
    }

    @Test
    void manyHoldersAreCounted() {
        Stream<PlaceRequest> holders =
                Stream.of("a", "b", "c", "d", "e").map(name -> granted(Requests.of(name, 0, pool("spark", 1))));
        PlaceRequest waiting = Requests.of("waiting", 1, pool("spark", 1));
        List<PlaceRequest> all = Stream.concat(holders, Stream.of(waiting)).toList();
        assertThat(PlaceRule.reasons(sizes(Map.of("spark", 5)), all, START))
                .containsEntry(
                        waiting.key(),
                        "waits for 1 place of pool spark, of which 0 of 5 are free;"
                                + " held by flights/a, flights/b, flights/c and 2 more");
    }

    private static List<String> grants(Map<PoolName, Integer> pools, int minutes, PlaceRequest... requests) {
        return PlaceRule.grants(pools, List.of(requests), START.plusSeconds(60L * minutes)).stream()
                .map(LaunchKey::value)
                .map(key -> key.substring("launch-".length()))
                .toList();
    }

    private static String reason(
            Map<PoolName, Integer> pools, int minutes, PlaceRequest waiting, PlaceRequest... others) {
        List<PlaceRequest> all =
                Stream.concat(Stream.of(waiting), Stream.of(others)).toList();
        return PlaceRule.reasons(pools, all, START.plusSeconds(60L * minutes)).get(waiting.key());
    }
}
