package io.tidegate.server.runtime;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.core.setup.Environment;
import io.tidegate.scheduler.node.LoopLag;
import io.tidegate.scheduler.view.DagViews;
import io.tidegate.server.database.Database;
import io.tidegate.server.rest.RestApi;
import io.tidegate.server.settings.Build;
import io.tidegate.server.settings.ServerSettings;
import io.tidegate.server.stream.StreamResource;
import io.tidegate.server.web.MetricsServlet;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the HTTP server serves. */
final class HttpParts {
    private final Core core;
    private final ServerSettings settings;
    private final Database database;
    private final InstantSource clock;
    private final Instant startedAt;

    HttpParts(Core core, ServerSettings settings, Database database, InstantSource clock) {
        this.core = core;
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    void register(Environment environment) {
        for (Object resource : RestApi.resources(
                core.restStores(),
                core.restDags(),
                core.restNotices(),
                core.restAttempts(),
                new RestApi.Answers(environment.getObjectMapper(), core.hub()::told, this::server, core::enriched),
                clock)) {
            environment.jersey().register(resource);
        }
        environment.jersey().register(new StreamResource(core.hub()));
        ServerMeters meters = new ServerMeters(core, environment.metrics(), clock);
        environment
                .servlets()
                .addServlet("metrics", new MetricsServlet(meters::scrape))
                .addMapping("/metrics");
        environment.healthChecks().register("database", new DatabaseCheck(core));
        environment.healthChecks().register("loops", new LoopCheck(core::loops));
        environment.healthChecks().register("drain", new DrainCheck(core::isDraining));
        environment.healthChecks().register("runs", new SetAsideCheck(core));
    }

    private DagViews.Server server() {
        Map<String, String> loops = new LinkedHashMap<>();
        for (LoopLag loop : core.loops()) {
            loops.put(
                    loop.loop(),
                    (loop.alive() ? "alive, " : "silent, ") + loop.silence().toMillis() + " ms ago");
        }
        return new DagViews.Server(
                Build.version(),
                core.node(),
                core.installation().value(),
                startedAt,
                settings.home().toAbsolutePath().toString(),
                database.description(),
                settings.dagFolders().stream().map(Path::toString).toList(),
                loops);
    }

    /** Whether the database answers. */
    private static final class DatabaseCheck extends HealthCheck {
        private final Core core;

        DatabaseCheck(Core core) {
            this.core = core;
        }

        @Override
        protected Result check() {
            return core.stores().answers() ? Result.healthy() : Result.unhealthy("the database does not answer");
        }
    }

    /** Tells of runs that nobody can go on with. The server itself is well: the others go on. */
    private static final class SetAsideCheck extends HealthCheck {
        private final Core core;

        SetAsideCheck(Core core) {
            this.core = core;
        }

        @Override
        protected Result check() {
            int aside = core.runsSetAside();
            return aside == 0
                    ? Result.healthy()
                    : Result.healthy(aside + " runs are set aside until the next start; the server's log says why");
        }
    }
}
