package io.tidegate.server.settings;

import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.PoolName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Pools that the configuration declares. */
final class ConfiguredPools {
    private ConfiguredPools() {}

    /** @throws SettingsException when a name or a number is none of a pool's */
    static Map<PoolName, Integer> read(Optional<Map<String, Integer>> declared) {
        Map<PoolName, Integer> pools = new TreeMap<>();
        declared.orElse(Map.of()).forEach((name, places) -> pools.put(name(name), places(name, places)));
        return pools;
    }

    private static PoolName name(String name) {
        try {
            return new PoolName(name);
        } catch (IllegalArgumentException notOne) {
            throw new SettingsException("pools: " + notOne.getMessage());
        }
    }

    private static int places(String name, Integer places) {
        if (places == null || places < 0 || places > Places.MOST) {
            throw new SettingsException("pools." + name + " must be a number of places from 0 to " + Places.MOST
                    + (places == null ? "" : ", not " + places));
        }
        return places;
    }
}
