package io.tidegate.executor.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an API server as the executor asks for: Jobs, pods, custom resources, watches over HTTP, logs that are followed. It does what a test wants to go
 * wrong: refuse, fall silent, or lose an answer.
 */
final class FakeApi implements AutoCloseable {
    private static final Pattern PATH =
            Pattern.compile("/(?:api/v1|apis/[^/]+/[^/]+)/namespaces/([^/]+)/([a-z]+)(?:/([^/]+))?(/log)?");
    private static final long WATCH_WAIT_MILLIS = 200;

    private final FakeObjects objects;
    private final FakeKubelet kubelet;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private volatile boolean silent;
    private volatile boolean holding;
    private volatile boolean closed;

    /**
     * What happens to the next requests that are like this.
     *
     * @param path part of the path
     * @param apply whether the request has its effect all the same
     * @param code the answer's; 0 for none at all
     */
    record Fault(
            String method, String path, AtomicInteger times, boolean apply, int code, Map<String, String> headers) {
        static Fault refusal(String method, String path, int times, int code, Map<String, String> headers) {
            return new Fault(method, path, new AtomicInteger(times), false, code, headers);
        }

        static Fault lostAnswer(String method, String path) {
            return new Fault(method, path, new AtomicInteger(1), true, 0, Map.of());
        }
    }

    FakeApi(FakeObjects objects, FakeKubelet kubelet) {
        this.objects = objects;
        this.kubelet = kubelet;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    void fail(Fault fault) {
        faults.add(fault);
    }

    /** Watches stay open and tell nothing any more. */
    void silenceWatches() {
        silent = true;
    }

    int requests(String method, String kind) {
        return requests.getOrDefault(method + " " + kind, new AtomicInteger()).get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            if (!path.matches()
                    && FakeKinds.describe(exchange.getRequestURI().getPath()).isPresent()) {
                requests.computeIfAbsent("GET discovery", name -> new AtomicInteger())
                        .incrementAndGet();
                answer(
                        exchange,
                        200,
                        FakeKinds.describe(exchange.getRequestURI().getPath()).get());
                return;
            }
            if (!path.matches()) {
                answer(exchange, 404, status(404, "NotFound", "no such path"));
                return;
            }
            boolean log = path.group(4) != null;
            String kind = log ? "log" : path.group(2);
            String method = isWatch(exchange) ? "WATCH" : exchange.getRequestMethod();
            requests.computeIfAbsent(method + " " + kind, name -> new AtomicInteger())
                    .incrementAndGet();
            Fault fault = faults.stream()
                    .filter(one -> method.equals(one.method)
                            && exchange.getRequestURI().getPath().contains(one.path)
                            && one.times.getAndDecrement() > 0)
                    .findFirst()
                    .orElse(null);
            if (fault == null) {
                dispatch(exchange, path, kind, method);
            } else {
                fail(exchange, path, fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(HttpExchange exchange, Matcher path, Fault fault) throws IOException {
        if (fault.apply) {
            ObjectNode body = (ObjectNode) FakeObjects.JSON.readTree(exchange.getRequestBody());
            create(path.group(1), path.group(2), body);
        }
        if (fault.code != 0) {
            fault.headers.forEach(exchange.getResponseHeaders()::add);
            answer(exchange, fault.code, status(fault.code, "Fault", "the test wants it so"));
        }
    }

    private static boolean isWatch(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
    }

    private void dispatch(HttpExchange exchange, Matcher path, String kind, String method)
            throws IOException, InterruptedException {
        String name = path.group(3);
        if (kind.equals("log")) {
            kubelet.log(name, exchange);
        } else if (kind.equals("events")) {
            answer(exchange, 200, objects.list("events").toString());
        } else if (method.equals("WATCH")) {
            watch(exchange, kind);
        } else if (method.equals("POST")) {
            ObjectNode job = (ObjectNode) FakeObjects.JSON.readTree(exchange.getRequestBody());
            boolean created = create(path.group(1), kind, job);
            String jobName = job.path("metadata").path("name").asText();
            answer(
                    exchange,
                    created ? 201 : 409,
                    created
                            ? objects.get(kind, jobName).orElseThrow().toString()
                            : status(409, "AlreadyExists", kind + " \"" + jobName + "\" already exists"));
        } else if (method.equals("DELETE")) {
            delete(kind, name);
            answer(exchange, 200, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Success\"}");
        } else if (name == null) {
            answer(exchange, 200, objects.list(kind).toString());
        } else {
            String found = objects.get(kind, name).map(ObjectNode::toString).orElse("");
            answer(exchange, found.isEmpty() ? 404 : 200, found.isEmpty() ? status(404, "NotFound", name) : found);
        }
    }

    /** From now on custom resources stay after their deletion was asked for, until the test removes them. */
    void holdDeletions() {
        holding = true;
    }

    private void delete(String kind, String name) {
        if (kind.equals("jobs")) {
            kubelet.deleteJob(name);
            return;
        }
        objects.update(
                kind, name, object -> object.withObject("/metadata").put("deletionTimestamp", FakeObjects.now()));
        if (!holding) {
            objects.remove(kind, name);
        }
    }

    private boolean create(String namespace, String kind, ObjectNode job) {
        job.withObject("/metadata").put("namespace", namespace);
        boolean created = objects.create(kind, job);
        if (created && kind.equals("jobs")) {
            kubelet.run(job.deepCopy());
        }
        return created;
    }

    private void watch(HttpExchange exchange, String kind) throws IOException, InterruptedException {
        Matcher from = Pattern.compile("resourceVersion=(\\d+)")
                .matcher(exchange.getRequestURI().getQuery());
        long version = from.find() ? Long.parseLong(from.group(1)) : objects.version();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        // The headers leave with the first bytes.
        body.write(("{\"type\":\"BOOKMARK\",\"object\":{\"apiVersion\":\"" + FakeKinds.apiVersion(kind)
                        + "\",\"kind\":\"" + FakeKinds.kind(kind)
                        + "\",\"metadata\":{\"resourceVersion\":\"" + version + "\"}}}\n")
                .getBytes(StandardCharsets.UTF_8));
        body.flush();
        while (!closed) {
            for (FakeObjects.Change change : objects.changesAfter(kind, version, WATCH_WAIT_MILLIS)) {
                version = change.version();
                if (!silent) {
                    ObjectNode event = FakeObjects.JSON.createObjectNode().put("type", change.type());
                    event.set("object", change.object());
                    body.write(ascii(event.toString()));
                    body.write('\n');
                }
            }
            body.flush();
        }
    }

    /** The client's reader of watches over HTTP takes characters of several bytes for longer than they are. */
    private static byte[] ascii(String json) {
        StringBuilder escaped = new StringBuilder();
        json.chars().forEach(character -> {
            if (character < 128) {
                escaped.append((char) character);
            } else {
                escaped.append(String.format("\\u%04x", character));
            }
        });
        return escaped.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String status(int code, String reason, String message) {
        return FakeObjects.JSON
                .createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("reason", reason)
                .put("message", message)
                .put("code", code)
                .toString();
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        threads.shutdownNow();
    }
}
