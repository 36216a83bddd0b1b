package io.tidegate.server.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.dag.step.Places;
import io.tidegate.dag.step.PoolName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pools that the configuration declares.
 *
 * @param sizes those with a number of places
 * @param quotas those that have as many places as a quota of a cluster allows
 */
public record ConfiguredPools(Map<PoolName, Integer> sizes, Map<PoolName, Quota> quotas) {
    private static final List<String> FIELDS = List.of("cluster", "namespace", "resource");

    /**
     * Where a quota is.
     *
     * @param cluster the server's first one when absent
     * @param namespace the cluster's first one when absent
     * @param resource as quotas write it: {@code count/jobs.batch}
     */
    public record Quota(Optional<String> cluster, Optional<String> namespace, String resource) {
        @Override
        public String toString() {
            return "quota of " + resource
                    + namespace.map(" in namespace "::concat).orElse("")
                    + cluster.map(" of cluster "::concat).orElse("");
        }
    }

    public ConfiguredPools {
        sizes = Map.copyOf(sizes);
        quotas = Map.copyOf(quotas);
    }

    /** @throws SettingsException when a name, a number or a quota is none */
    static ConfiguredPools read(Optional<Map<String, JsonNode>> declared) {
        Map<PoolName, Integer> sizes = new TreeMap<>();
        Map<PoolName, Quota> quotas = new TreeMap<>();
        declared.orElse(Map.of()).forEach((name, value) -> {
            if (value.isObject()) {
                quotas.put(name(name), quota(name, value));
            } else {
                sizes.put(name(name), places(name, value));
            }
        });
        return new ConfiguredPools(sizes, quotas);
    }

    private static PoolName name(String name) {
        try {
            return new PoolName(name);
        } catch (IllegalArgumentException notOne) {
            throw new SettingsException("pools: " + notOne.getMessage());
        }
    }

    private static int places(String name, JsonNode places) {
        if (!places.isInt() || places.asInt() < 0 || places.asInt() > Places.MOST) {
            throw new SettingsException("pools." + name + " must be a number of places from 0 to " + Places.MOST
                    + ", or a mapping with the resource of a quota, not " + places);
        }
        return places.asInt();
    }

    private static Quota quota(String name, JsonNode quota) {
        quota.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new SettingsException("pools." + name + " has no '" + field + "'; known are " + FIELDS);
            }
        });
        return new Quota(
                text(quota, "cluster"),
                text(quota, "namespace"),
                text(quota, "resource")
                        .orElseThrow(() -> new SettingsException(
                                "pools." + name + " needs the resource of a quota, for example count/jobs.batch")));
    }

    private static Optional<String> text(JsonNode quota, String field) {
        return Optional.of(quota.path(field).asText("")).filter(text -> !text.isBlank());
    }
}
