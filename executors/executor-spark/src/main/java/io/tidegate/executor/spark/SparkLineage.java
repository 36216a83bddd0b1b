package io.tidegate.executor.spark;

import io.tidegate.dag.step.ExecutorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets Spark itself report what is read and written: OpenLineage's listener, from the home where it brings one and the driver runs here,
 * else resolved by Spark, with the run of the DAG as parent. The step's variables say where to: OPENLINEAGE_URL, as OpenLineage names it.
 */
final class SparkLineage {
    static final String LISTENERS = "spark.extraListeners";
    static final String PACKAGES = "spark.jars.packages";

    /** Not Spark's own: that one may be the step's. */
    static final String JAR = "spark.tidegate.lineage.jar";

    private static final String LISTENER = "io.openlineage.spark.agent.OpenLineageSparkListener";
    private static final String VERSION = "1.53.0";
    private static final String API_KEY = "OPENLINEAGE_API_KEY";
    private static final String URL = "OPENLINEAGE_URL";
    private static final String STEP = "TIDEGATE_STEP";
    private static final Pattern CORE = Pattern.compile("spark-core_([0-9.]+)-.*");

    private SparkLineage() {}

    /** Why lineage cannot be had; empty when it is not asked for, or nothing speaks against it. */
    static Optional<String> problem(
            ExecutorSettings.Spark settings, Map<String, String> environment, boolean driverInCluster) {
        if (settings.lineage() && !driverInCluster && environment.containsKey(API_KEY)) {
            return Optional.of("lineage: openlineage would show " + API_KEY
                    + " on the command line of the submit, for everyone on this machine to read: use deploy_mode: cluster, or"
                    + " leave the key out");
        }
        boolean configured = settings.configuration().keySet().stream()
                .anyMatch(name -> name.startsWith("spark.openlineage.transport."));
        return !settings.lineage() || configured || environment.containsKey(URL)
                ? Optional.empty()
                : Optional.of(
                        "lineage: openlineage does not know where to: set OPENLINEAGE_URL in the step's environment, or"
                                + " spark.openlineage.transport properties in its conf");
    }

    /**
     * Spark properties; none when lineage is not asked for.
     *
     * @param driverInCluster whether the driver runs where the home's files may not be
     */
    static Map<String, String> properties(
            ExecutorSettings.Spark settings, SparkHome home, Map<String, String> environment, boolean driverInCluster) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (!settings.lineage()) {
            return properties;
        }
        String own = settings.configuration().getOrDefault(LISTENERS, "");
        properties.put(LISTENERS, own.isEmpty() ? LISTENER : own + "," + LISTENER);
        String artifact = "openlineage-spark_" + scala(home);
        Path bundled = home.path().resolve("lineage").resolve(artifact + "-" + VERSION + ".jar");
        if (!driverInCluster && Files.isRegularFile(bundled)) {
            properties.put(JAR, bundled.toString());
        } else {
            properties.put(PACKAGES, "io.openlineage:" + artifact + ":" + VERSION);
        }
        Optional.ofNullable(environment.get(URL)).ifPresent(url -> {
            properties.put("spark.openlineage.transport.type", "http");
            properties.put("spark.openlineage.transport.url", url);
        });
        Optional.ofNullable(environment.get(API_KEY)).ifPresent(apiKey -> {
            properties.put("spark.openlineage.transport.auth.type", "api_key");
            properties.put("spark.openlineage.transport.auth.apiKey", apiKey);
        });
        String namespace = environment.getOrDefault("OPENLINEAGE_NAMESPACE", "tidegate");
        properties.put("spark.openlineage.namespace", namespace);
        if (environment.containsKey("TIDEGATE_RUN_ID")) {
            properties.put("spark.openlineage.parentJobNamespace", namespace);
            properties.put(
                    "spark.openlineage.parentJobName", environment.get("TIDEGATE_DAG") + "." + environment.get(STEP));
            properties.put(
                    "spark.openlineage.parentRunId", parentRun(environment).toString());
        }
        return properties;
    }

    /** The attempt's run as the scheduler reports it to OpenLineage: a name-based UUID (RFC 4122) of run, step and attempt. */
    private static UUID parentRun(Map<String, String> environment) {
        String name = environment.get("TIDEGATE_RUN_ID") + "/" + environment.get(STEP) + "/"
                + environment.get("TIDEGATE_ATTEMPT");
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String scala(SparkHome home) {
        try {
            return home.jars().stream()
                    .map(jar -> CORE.matcher(jar.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElse("2.13");
        } catch (IOException e) {
            return "2.13";
        }
    }
}
