package io.tidegate.server.http;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import io.tidegate.server.web.DashboardServlet;
import io.tidegate.server.web.OwnAddressFilter;
import io.tidegate.server.web.SecurityHeadersFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.glassfish.jersey.server.ServerProperties;

/** Dropwizard on one loopback port: the REST interface, the dashboard, health and metrics. */
public final class HttpServer implements AutoCloseable {
    private static final String API = "/api/v1/*";
    private static final String OPERATIONS = "/admin";
    private static final int MOST_THREADS = 64;

    private final Server jetty;

    private HttpServer(Server jetty) {
        this.jetty = jetty;
    }

    /**
     * Starts serving.
     *
     * @param port let go at the last moment, and taken over
     * @param configure registers resources and health checks
     */
    public static HttpServer start(LoopbackPort port, Consumer<Environment> configure) throws Exception {
        Configuration configuration = new Configuration();
        SimpleServerFactory factory = serverFactory(port.number());
        configuration.setServerFactory(factory);
        Bootstrap<Configuration> bootstrap = new Bootstrap<>(new Nothing());
        Environment environment = new Environment(
                "tidegate",
                ApiJson.configure(bootstrap.getObjectMapper()),
                bootstrap.getValidatorFactory(),
                new MetricRegistry(),
                HttpServer.class.getClassLoader(),
                bootstrap.getHealthCheckRegistry(),
                configuration);
        factory.configure(environment);
        environment.jersey().register(new BodyLimit());
        environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
        configure.accept(environment);
        addFilters(environment);
        Server jetty = factory.build(environment);
        port.close();
        jetty.start();
        return new HttpServer(jetty);
    }

    private static SimpleServerFactory serverFactory(int port) {
        HttpConnectorFactory connector = new HttpConnectorFactory();
        connector.setBindHost(LoopbackPort.ADDRESS);
        connector.setPort(port);
        connector.setMaxRequestHeaderSize(DataSize.kibibytes(16));
        connector.setIdleTimeout(Duration.seconds(60));
        SimpleServerFactory factory = new SimpleServerFactory();
        factory.setConnector(connector);
        factory.setApplicationContextPath("/");
        factory.setAdminContextPath(OPERATIONS);
        factory.setJerseyRootPath(API);
        factory.setMaxThreads(MOST_THREADS);
        factory.setRegisterDefaultExceptionMappers(false);
        factory.setShutdownGracePeriod(Duration.seconds(2));
        LogbackAccessRequestLogFactory noRequestLog = new LogbackAccessRequestLogFactory();
        noRequestLog.setAppenders(List.of());
        factory.setRequestLogFactory(noRequestLog);
        return factory;
    }

    private static void addFilters(Environment environment) {
        EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
        var application = environment.servlets();
        application
                .addFilter("security-headers", new SecurityHeadersFilter())
                .addMappingForUrlPatterns(requests, true, "/*");
        application.addFilter("own-address", new OwnAddressFilter()).addMappingForUrlPatterns(requests, true, "/*");
        application.addServlet("dashboard", new DashboardServlet()).addMapping("/");
        var operations = environment.admin();
        operations
                .addFilter("security-headers", new SecurityHeadersFilter())
                .addMappingForUrlPatterns(requests, true, "/*");
        operations.addFilter("own-address", new OwnAddressFilter()).addMappingForUrlPatterns(requests, true, "/*");
    }

    /** Lets requests end, for two seconds at most. */
    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception problem) {
            throw new IllegalStateException("the HTTP server did not stop cleanly", problem);
        }
    }

    /** Dropwizard wants an application; everything is configured by whoever starts the server. */
    private static final class Nothing extends Application<Configuration> {
        /** The server's log is set up by whoever starts it. */
        @Override
        protected void bootstrapLogging() {}

        @Override
        public void run(Configuration configuration, Environment environment) {
            throw new IllegalStateException("this application is never run by Dropwizard itself");
        }
    }
}
