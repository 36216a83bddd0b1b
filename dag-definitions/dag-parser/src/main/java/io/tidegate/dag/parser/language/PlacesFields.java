package io.tidegate.dag.parser.language;

import static io.tidegate.dag.parser.shape.Field.optional;

import io.tidegate.dag.parser.shape.EitherType;
import io.tidegate.dag.parser.shape.Field;
import io.tidegate.dag.parser.shape.MapType;
import io.tidegate.dag.parser.shape.Values;
import io.tidegate.dag.parser.shape.WholeNumberType;
import io.tidegate.dag.parser.text.Identifiers;
import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.PoolName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The fields that say what a step shares with others: {@code pool}, {@code priority} and {@code at_once}. */
final class PlacesFields {
    static final Field<Map<PoolName, Optional<Long>>> POOL = optional(
            "pool",
            new EitherType<>(
                    "a pool such as spark",
                    Notations.identifier("pool", name -> Map.of(new PoolName(name), Optional.of(1L))),
                    new MapType<>(
                            "a mapping of pools to places",
                            Identifiers.of("pool", PoolName::new),
                            Notations.IDENTIFIER_SCHEMA,
                            new WholeNumberType("a number of places", 1, Places.MOST))),
            "Places that an attempt must have before it is launched: of one pool, or a number of each of several.",
            "pool: { spark: 2 }");
    static final Field<Long> PRIORITY = optional(
            "priority",
            new WholeNumberType("a priority", 0, Places.HIGHEST_PRIORITY),
            "Who goes first among those that wait for places: one point is worth a minute of waiting; 0 when left out.",
            "priority: 30");
    static final Field<Long> AT_ONCE = optional(
            "at_once",
            new WholeNumberType("a number of attempts", 1, Places.MOST),
            "How many attempts of the step may work at the same time, over all runs and items; any number when left out.",
            "at_once: 1");

    private PlacesFields() {}

    /** What a mapping says of places; what it leaves out comes from the base. */
    static Places places(Values values, Places base) {
        return new Places(
                values.get(POOL).map(PlacesFields::pools).orElse(base.pools()),
                values.get(PRIORITY).map(Math::toIntExact).orElse(base.priority()),
                values.get(AT_ONCE)
                        .map(number -> OptionalInt.of(Math.toIntExact(number)))
                        .orElse(base.atOnce()));
    }

    private static Map<PoolName, Integer> pools(Map<PoolName, Optional<Long>> read) {
        Map<PoolName, Integer> pools = new LinkedHashMap<>();
        read.forEach((pool, places) -> places.ifPresent(number -> pools.put(pool, Math.toIntExact(number))));
        return pools;
    }
}
