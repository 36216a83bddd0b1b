package io.tidegate.store.arrival;

import io.tidegate.dag.DagId;
import io.tidegate.dag.data.DatasetName;
import io.tidegate.dag.name.DagReference;
import io.tidegate.dag.schedule.DataCondition.Source;
import io.tidegate.scheduler.store.ArrivalReads;
import io.tidegate.store.database.Database;
import io.tidegate.store.database.Json;
import io.tidegate.store.database.Row;
import io.tidegate.store.database.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Arrivals of data, from what attempts wrote. Thread-safe. */
public final class PostgresArrivalReads implements ArrivalReads {
    private static final String ARRIVED = Sql.of(PostgresArrivalReads.class, "arrived");
    private static final String SCHEDULED = Sql.of(PostgresArrivalReads.class, "scheduled");

    private final Database database;

    public PostgresArrivalReads(Database database) {
        this.database = database;
    }

    private record SourceRow(String dag, String dataset) {}

    @Override
    public Set<Arrived> arrived(Collection<Source> sources, Collection<String> partitions) {
        return new HashSet<>(database.with(handle -> handle.createQuery(ARRIVED)
                .bind(
                        "sources",
                        Json.write(sources.stream()
                                .map(source -> new SourceRow(
                                        source.dag().value(), source.dataset().value()))
                                .toList()))
                .bind("partitions", Json.write(partitions))
                .map(Row.reading(row -> new Arrived(
                        new Source(new DagReference(row.text("dag")), new DatasetName(row.text("dataset"))),
                        row.text("partition"))))
                .list()));
    }

    @Override
    public Set<Instant> scheduled(DagId dag, Instant from, Instant until) {
        return new HashSet<>(database.with(handle -> handle.createQuery(SCHEDULED)
                .bind("dag", dag.value())
                .bind("from", from)
                .bind("until", until)
                .map(Row.reading(row -> row.instant("interval_start")))
                .list()));
    }
}
