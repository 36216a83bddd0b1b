package io.tidegate.server.runtime;

import com.codahale.metrics.MetricRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.store.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The server's own numbers, for who watches it: engine, loops, outbox, listeners, and all that Dropwizard measures of itself. Thread-safe. */
final class ServerMeters {
    private static final double MILLISECONDS = 1000.0;

    private final Core core;
    private final InstantSource clock;
    private final PrometheusMeterRegistry registry;
    private final MultiGauge loops;
    private final MultiGauge outbox;
    private final MultiGauge clusters;

    ServerMeters(Core core, MetricRegistry dropwizard, InstantSource clock) {
        this.core = core;
        this.clock = clock;
        PrometheusRegistry prometheus = new PrometheusRegistry();
        prometheus.register(new DropwizardExports(dropwizard));
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, Clock.SYSTEM);
        Gauge.builder("tidegate.engine.runs", core::runsInHand)
                .description("Runs this server works on")
                .register(registry);
        Gauge.builder("tidegate.engine.runs.set.aside", core::runsSetAside)
                .description("Runs this server gave up on until its restart")
                .register(registry);
        Gauge.builder(
                        "tidegate.truth.disagreements",
                        () -> core.truth().newest().disagreements())
                .description("Attempts about which we and the machines that run them say different things")
                .register(registry);
        Gauge.builder("tidegate.stream.listeners", () -> core.hub().listeners())
                .description("Dashboards that listen for events")
                .register(registry);
        Gauge.builder(
                        "tidegate.database.oldest.snapshot",
                        () -> core.stores().oldestSnapshot().toMillis() / MILLISECONDS)
                .description("How long somebody has kept the database from cleaning up; 0 when nobody does")
                .baseUnit("seconds")
                .register(registry);
        loops = MultiGauge.builder("tidegate.loop.silence")
                .description("Time since each loop last went round")
                .baseUnit("seconds")
                .register(registry);
        outbox = MultiGauge.builder("tidegate.outbox.oldest.due")
                .description("Age of the oldest message that is due and has not left; 0 when there is none")
                .baseUnit("seconds")
                .register(registry);
        clusters = MultiGauge.builder("tidegate.kubernetes.watching")
                .description("Whether all watches on a cluster are open; 0 means that ends are found by listings only")
                .register(registry);
    }

    /** 1 where everything is watched, 0 where ends are found by listings only. */
    private void registerClusters() {
        List<MultiGauge.Row<?>> watching = new ArrayList<>();
        core.clusters()
                .forEach(state ->
                        watching.add(MultiGauge.Row.of(Tags.of("cluster", state.cluster()), state.watching() ? 1 : 0)));
        clusters.register(watching, true);
    }

    /** All numbers as they are now. */
    String scrape() {
        Instant now = clock.instant();
        List<MultiGauge.Row<?>> silences = new ArrayList<>();
        for (LoopLag loop : core.loops()) {
            silences.add(MultiGauge.Row.of(
                    Tags.of("loop", loop.loop()), loop.silence().toMillis() / MILLISECONDS));
        }
        loops.register(silences, true);
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        for (Outbox.Topic topic : Outbox.Topic.values()) {
            double age =
                    core.oldestDue(topic, now).map(since -> seconds(since, now)).orElse(0.0);
            ages.add(MultiGauge.Row.of(Tags.of("topic", topic.name().toLowerCase(Locale.ROOT)), age));
        }
        outbox.register(ages, true);
        registerClusters();
        return registry.scrape();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / MILLISECONDS;
    }
}
