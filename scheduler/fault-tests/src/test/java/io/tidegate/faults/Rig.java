package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A database and servers for one test, each a real process, and steps that write a ledger. */
final class Rig implements AutoCloseable {
    /** The longest that anything may take after a fault is over. */
    static final Duration RECOVERY = Duration.ofSeconds(30);

    final SoakFolder folder;
    final SoakDatabase database;
    final List<Node> nodes = new ArrayList<>();
    final SoakApi api;

    private Rig(SoakFolder folder, int nodeCount) throws IOException {
        this.folder = folder;
        folder.make();
        Files.writeString(folder.configuration(), "servers: { shared: \"" + folder.shared() + "\" }\n");
        Files.writeString(folder.root().resolve("step.sh"), WorkLoad.script());
        database = SoakDatabase.start(folder.database());
        for (int number = 0; number < nodeCount; number++) {
            nodes.add(new Node(folder, number));
        }
        api = new SoakApi(nodes);
    }

    /** @param dag a DAG's file, with {@code STEP} where the program of a step and its ledger are named */
    static Rig with(Path folder, int nodes, String dag) throws IOException {
        return with(folder, nodes, dag, (rig, node) -> {});
    }

    interface Preparation {
        void prepare(Rig rig, Node node) throws IOException;
    }

    /** @param prepared done to each server before it starts */
    static Rig with(Path folder, int nodes, String dag, Preparation prepared) throws IOException {
        Rig rig = new Rig(
                new SoakFolder(
                        folder.toRealPath(),
                        Path.of("").toAbsolutePath().getParent().getParent()),
                nodes);
        String step = "sh, " + rig.folder.root().resolve("step.sh") + ", " + rig.folder.ledger();
        Files.writeString(rig.folder.dags().resolve("steps.dag.yaml"), dag.replace("STEP", step));
        for (Node node : rig.nodes) {
            prepared.prepare(rig, node);
            rig.start(node);
        }
        return rig;
    }

    void start(Node node) throws IOException {
        node.start(database.jdbcUrl());
        until(Duration.ofSeconds(60), () -> node.address().isPresent());
    }

    String run(Node node) throws InterruptedException {
        return api.post(node.number(), "/dags/steps/runs", "{}")
                .map(answer -> answer.path("run").asText())
                .orElseThrow();
    }

    private Optional<String> state(Node node, String run) throws InterruptedException {
        return api.get(node, "/api/v1/runs/" + run)
                .map(answer -> answer.at("/summary/state").asText());
    }

    JsonNode step(Node node, String run, String step) throws InterruptedException {
        return api.get(node.number(), "/runs/" + run + "/steps/" + step).orElseThrow();
    }

    /** Waits until a server says that all is well with it. */
    void awaitWell(Node node) {
        until(RECOVERY, () -> illness(node).isEmpty());
    }

    /** What a server's health check finds wrong; empty when it is well. */
    Optional<String> illness(Node node) throws InterruptedException {
        return api.illness(node);
    }

    /** The servers whose lease has not run out, a name for each life. */
    List<String> alive() throws SQLException {
        return query("SELECT CAST(id AS text) FROM node WHERE lease_until > now() ORDER BY id");
    }

    /** The server that works on a run. Servers are named after the port where they listen. */
    Node owner(String run) throws SQLException {
        String name = query("SELECT n.name FROM run r JOIN node n ON n.id = r.owner WHERE r.id = '" + run + "'")
                .get(0);
        return nodes.stream()
                .filter(node -> node.address()
                        .filter(address ->
                                name.endsWith(":" + URI.create(address).getPort()))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** The first column of what the database says. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return Books.lines(connection, sql);
        }
    }

    /** Waits until a run has succeeded. */
    void awaitSuccess(Node node, String run, Duration limit) {
        until(limit, () -> state(node, run).equals(Optional.of("succeeded")));
    }

    /** Waits until so many programs of a run have begun. */
    void awaitBegun(String run, int programs) {
        until(RECOVERY, () -> ledger(Ledger.Event.BEGAN, run).size() == programs);
    }

    /** Asserts that the steps a and b were each started once, in order. */
    void assertStartedOnce(String run) throws IOException {
        assertThat(ledger(Ledger.Event.BEGAN, run))
                .extracting(Ledger.Line::step)
                .containsExactly("a", "b");
    }

    List<Ledger.Line> ledger(Ledger.Event event, String run) throws IOException {
        return Ledger.read(folder.ledger()).of(event).stream()
                .filter(line -> line.run().equals(run))
                .toList();
    }

    static void until(Duration limit, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    @Override
    public void close() throws Exception {
        for (Node node : nodes) {
            node.kill();
        }
        for (Processes.Living left : Processes.of(folder.attempts())) {
            Signals.send("KILL", left.processId());
        }
        database.close();
    }
}
