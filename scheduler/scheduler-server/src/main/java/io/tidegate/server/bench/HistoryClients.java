package io.tidegate.server.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Clients that ask a server one question after the other, without a pause between them: a dashboard asks every few seconds. They keep their
 * connections, take the whole answer and do nothing with it, since they share the processors with what they measure.
 */
final class HistoryClients implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final int OK = 200;
    private static final double QUANTILE = 0.95;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String address;
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Runnable::run)
            .build();

    HistoryClients(String address) {
        this.address = address + "/api/v1";
    }

    /**
     * Milliseconds within which 95 of 100 answers are there.
     *
     * @param requests of each client
     */
    double quantile(Function<Random, String> question, int requests) throws Exception {
        double[] all = new double[CLIENTS * requests];
        List<Future<?>> going = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int first = client * requests;
            going.add(clients.submit(() -> {
                Random random = new Random(first);
                for (int request = first; request < first + requests; request++) {
                    all[request] = milliseconds(question.apply(random));
                }
                return true;
            }));
        }
        for (Future<?> client : going) {
            client.get();
        }
        Arrays.sort(all);
        return all[(int) (QUANTILE * (all.length - 1))];
    }

    private double milliseconds(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .build();
        long from = System.nanoTime();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        double took = (System.nanoTime() - from) / 1e6;
        if (answer.statusCode() != OK || answer.body().length == 0) {
            throw new IllegalStateException("the server answered " + answer.statusCode() + " to " + path);
        }
        return took;
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
