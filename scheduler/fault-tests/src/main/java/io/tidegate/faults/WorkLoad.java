package io.tidegate.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks the servers for what the plan wants done, at its instants. */
final class WorkLoad implements AutoCloseable {
    /** The DAGs, with what each step waits for: nothing of it may begin before. */
    static final Map<String, Map<String, List<String>>> DAGS = Map.of(
            "chain", Map.of("b", List.of("a"), "c", List.of("b"), "d", List.of("c"), "e", List.of("d")),
            "fan", Map.of("work", List.of("open"), "join", List.of("work")),
            "flaky", Map.of("second", List.of("first"), "last", List.of("second")),
            "slow", Map.of("after", List.of("long", "short")),
            "sensing", Map.of("after", List.of("flag")),
            "pooled", Map.of("after", List.of("one", "two", "three")),
            "flood", Map.of("after", List.of("flood")),
            "stubborn", Map.of("after", List.of("stays")),
            "scheduled", Map.of(),
            "history", Map.of("score", List.of("load")));

    /** Items of {@code work} in the DAG {@code fan}. */
    static final int ITEMS = 8;

    private static final LocalDate FIRST_DAY = LocalDate.of(2001, 1, 1);
    private static final int THREADS = 6;
    private static final long STOP_LIMIT_SECONDS = 30;

    private final SoakApi api;
    private final Findings findings;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger unheard = new AtomicInteger();

    WorkLoad(SoakApi api, Findings findings) {
        this.api = api;
        this.findings = findings;
    }

    /** Writes the DAGs and the script of their steps. */
    static void declare(SoakFolder folder, LocalDate today) throws IOException {
        Path script = folder.root().resolve("step.sh");
        Files.writeString(script, script());
        for (String dag : DAGS.keySet()) {
            String file = dag + ".dag.yaml";
            Files.writeString(
                    folder.dags().resolve(file),
                    resource(file)
                            .replace("@SCRIPT@", script.toString())
                            .replace("@LEDGER@", folder.ledger().toString())
                            .replace("@FLAGS@", folder.root().resolve("flags").toString())
                            .replace("@TODAY@", today.toString()));
        }
        Files.writeString(
                folder.configuration(),
                resource("tidegate.yaml").replace("@SHARED@", folder.shared().toString()));
    }

    /** The script of all steps. */
    static String script() throws IOException {
        return resource("step.sh");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = WorkLoad.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException(name + " is missing beside " + WorkLoad.class.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Sets everything the plan wants for its instant.
     *
     * @param begin when the plan begins on the timeline
     */
    void schedule(List<SoakPlan.PlannedWork> work, Timeline timeline, Duration begin) {
        for (SoakPlan.PlannedWork one : work) {
            long delay = begin.plus(one.at()).minus(timeline.elapsed()).toMillis();
            var unused = threads.schedule(guarded(() -> ask(one)), delay, TimeUnit.MILLISECONDS);
        }
    }

    private interface Asking {
        void ask() throws InterruptedException;
    }

    private Runnable guarded(Asking asking) {
        return () -> {
            try {
                asking.ask();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException bug) {
                findings.violation("soak", "the soak itself failed: " + bug);
            }
        };
    }

    private void ask(SoakPlan.PlannedWork work) throws InterruptedException {
        asked.incrementAndGet();
        String path = "/dags/" + work.dag() + (work.backfillDay().isPresent() ? "/backfills" : "/runs");
        Optional<JsonNode> answer = api.post(
                work.node(), path, work.backfillDay().map(WorkLoad::backfill).orElse("{}"));
        if (answer.isEmpty()) {
            unheard.incrementAndGet();
            return;
        }
        if (answer.get().has("refused")) {
            findings.violation(
                    "soak",
                    "a run of " + work.dag() + " was refused: "
                            + answer.get().path("refused").asText());
            return;
        }
        work.cancelAfter().ifPresent(after -> cancel(answer.get().path("run").asText(), after, work.node() + 1));
    }

    private void cancel(String run, Duration after, int node) {
        try {
            var unused = threads.schedule(
                    guarded(() -> api.post(node, "/runs/" + run + "/cancel", "{\"reason\":\"soak\"}")),
                    after.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException over) {
            // The answer to a request of the last moment came when no more is asked for: the run goes on.
            findings.note("run " + run + " is not cancelled, because its request was answered too late");
        }
    }

    private static String backfill(int day) {
        LocalDate from = FIRST_DAY.plusDays(day);
        return "{\"from\":\"" + from + "\",\"to\":\"" + from.plusDays(SoakPlan.PlannedWork.DAYS) + "\",\"parallel\":2}";
    }

    /** How much was asked for, and for how much of it no answer came. */
    String summary() {
        return asked.get() + " requests for work, " + unheard.get() + " of them without any answer";
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        threads.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        threads.shutdownNow();
    }
}
