package io.tidegate.server.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** What people ask of a database with years in it, eight at a time. */
record HistoryWorkload(String name) implements Workload {
    private static final int WARM_UPS = 20;
    private static final int WARM_UP_REQUESTS = 10;
    private static final int REQUESTS = 100;
    private static final int RUNS_ASKED_FOR = 500;
    private static final double MOST_MILLISECONDS = 20;

    @Override
    public List<BenchRow> measure(BenchPlace place, BenchSizes sizes) throws Exception {
        try (BenchServer server = server(place)) {
            HistoryRows.write(place, sizes.historySteps());
            return ask(place, server, sizes.repeats());
        }
    }

    /** A server that knows the DAGs. */
    BenchServer server(BenchPlace place) throws Exception {
        List<Path> dags = new ArrayList<>();
        List<String> files = HistoryRows.files();
        for (int dag = 0; dag < HistoryRows.DAGS; dag++) {
            dags.add(place.dag(HistoryRows.dag(dag), files.get(dag)));
        }
        return place.server(name, dags, 1, Optional.of(InstantExecutor.ending()));
    }

    /** Asks everything, so often beforehand that the compiler has seen it; of the repeats the one in the middle is told. */
    List<BenchRow> ask(BenchPlace place, BenchServer server, int repeats) throws Exception {
        Map<String, Function<Random, String>> questions = questions(runs(place));
        List<BenchRow> rows = new ArrayList<>();
        try (HistoryClients clients = new HistoryClients(server.api().address())) {
            for (int round = 0; round < WARM_UPS; round++) {
                for (Function<Random, String> question : questions.values()) {
                    clients.quantile(question, WARM_UP_REQUESTS);
                }
            }
            for (Map.Entry<String, Function<Random, String>> question : questions.entrySet()) {
                double median = Pair.median(repeats, () -> clients.quantile(question.getValue(), REQUESTS));
                rows.add(BenchRow.alone(
                        name + " " + question.getKey(), median, "ms p95", BenchRow.Goal.atMost(MOST_MILLISECONDS)));
            }
        }
        return rows;
    }

    /** Runs of all the years. */
    private static List<String> runs(BenchPlace place) throws SQLException {
        List<String> runs = new ArrayList<>();
        try (Connection connection = place.connection("");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id FROM run WHERE dag LIKE 'bench-w6-%' ORDER BY random() LIMIT " + RUNS_ASKED_FOR)) {
            while (row.next()) {
                runs.add(row.getString(1));
            }
        }
        return runs;
    }

    /** As the dashboard asks them. */
    private static Map<String, Function<Random, String>> questions(List<String> runs) {
        Map<String, Function<Random, String>> questions = new LinkedHashMap<>();
        questions.put("run list", random -> "/runs?limit=50");
        questions.put("older runs", random -> "/runs?limit=50&after=" + one(runs, random));
        questions.put("failed runs", random -> "/runs?state=failed&limit=50");
        questions.put("runs of a DAG", random -> "/runs?dag=" + dag(random) + "&limit=50");
        questions.put("failed runs of a DAG", random -> "/runs?dag=" + dag(random) + "&state=failed&limit=50");
        questions.put("grid", random -> "/dags/" + dag(random));
        questions.put("run", random -> "/runs/" + one(runs, random));
        questions.put("step", random -> "/runs/" + one(runs, random) + "/steps/s" + random.nextInt(HistoryRows.STEPS));
        questions.put("history", random -> "/runs/" + one(runs, random) + "/events?limit=200");
        questions.put("overview", random -> "/dags");
        return questions;
    }

    private static String dag(Random random) {
        return HistoryRows.dag(random.nextInt(HistoryRows.DAGS));
    }

    private static String one(List<String> runs, Random random) {
        return runs.get(random.nextInt(runs.size()));
    }
}
