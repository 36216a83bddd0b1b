package io.tidegate.store.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tidegate.dag.DagId;
import io.tidegate.dag.step.PoolName;
import io.tidegate.dag.step.StepId;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.pool.Demand;
import io.tidegate.scheduler.pool.PlaceRequest;
import io.tidegate.scheduler.pool.Pool;
import io.tidegate.scheduler.run.Attempt;
import io.tidegate.scheduler.state.AttemptState;
import io.tidegate.scheduler.state.StepState;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.PlaceStore;
import io.tidegate.store.PostgresStores;
import io.tidegate.store.StoreSettings;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has places of pools, as several servers on one database see it. */
final class PlaceStoreTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final PoolName SPARK = new PoolName("spark");
    private static final Instant NOW = Sample.MONDAY.plus(Duration.ofMinutes(1));
    private static final Audit ADA = new Audit("ada", "more machines", NOW);

    private PlaceStore places;
    private Sample sample;
    private DagId dag;

    @BeforeEach
    void freshDatabase() {
        POSTGRES.execute("TRUNCATE dag, node, run, pool, pool_event CASCADE");
        places = POSTGRES.stores().places();
        sample = new Sample(POSTGRES.stores());
        dag = sample.dag();
    }

    @Test
    void placesAreHeldUntilTheAttemptEndsHoweverItDoes() {
        places.set(SPARK, 1, ADA);
        for (AttemptState end : List.of(AttemptState.SUCCEEDED, AttemptState.FAILED, AttemptState.CANCELLED)) {
            Owned first = sample.own(dag, 1, "a");
            Owned second = sample.own(dag, 2, "a");
            LaunchKey holder = request(first, "a", 1);
            LaunchKey waiter = request(second, "a", 1);
            assertThat(places.grant(NOW)).as(end.name()).containsExactly(holder);
            move(first, AttemptState.RUNNING);
            move(first, AttemptState.STOPPING);
            assertThat(places.grant(NOW)).containsExactly(holder);
            move(first, end);
            assertThat(places.grant(NOW)).containsExactly(waiter);
            move(second, AttemptState.RUNNING);
            move(second, AttemptState.SUCCEEDED);
            assertThat(places.standing().requests()).isEmpty();
        }
    }

    @Test
    void aServerThatDiedKeepsWhatItsJobsHoldAndGetsNothingNew() {
        places.set(SPARK, 2, ADA);
        Owned dead = sample.own(dag, 1, "a", "b");
        LaunchKey holder = request(dead, "a", 1);
        assertThat(places.grant(NOW)).containsExactly(holder);
        request(dead, "b", 1);
        POSTGRES.execute("UPDATE node SET lease_until = now() - interval '1 second'");
        Owned alive = sample.own(dag, 2, "a");
        LaunchKey next = request(alive, "a", 1);

        assertThat(places.grant(NOW)).containsExactlyInAnyOrder(holder, next);
    }

    @Test
    void aRunThatIsDeletedTakesItsPlacesWithIt() {
        places.set(SPARK, 1, ADA);
        Owned gone = sample.own(dag, 1, "a");
        LaunchKey holder = request(gone, "a", 1);
        assertThat(places.grant(NOW)).containsExactly(holder);
        POSTGRES.execute("DELETE FROM attempt WHERE run = '" + gone.run() + "'");

        LaunchKey next = request(sample.own(dag, 2, "a"), "a", 1);
        assertThat(places.grant(NOW)).containsExactly(next);
    }

    @Test
    void manyServersAtOnceNeverGiveAPlaceTwice() throws Exception {
        places.set(SPARK, 5, ADA);
        int servers = 4;
        List<Owned> runs = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            runs.add(sample.own(dag, number, "a"));
        }
        try (PostgresStores other = PostgresStores.open(new StoreSettings(POSTGRES.jdbcUrl(), 2, 1))) {
            ExecutorService threads = Executors.newFixedThreadPool(servers);
            List<Future<?>> all = new ArrayList<>();
            for (int server = 0; server < servers; server++) {
                int own = server;
                PlaceStore connection = own % 2 == 0 ? places : other.places();
                all.add(threads.submit(() -> {
                    for (int number = own; number < runs.size(); number += servers) {
                        request(runs.get(number), "a", 2);
                        connection.grant(NOW);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            threads.shutdown();
        }
        assertThat(places.standing().requests()).hasSize(12);
        assertThat(places.standing().requests().stream()
                        .filter(PlaceRequest::granted)
                        .mapToInt(request -> request.demand().pools().get(SPARK))
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void whatAnAttemptAskedForIsReadAsItWasWritten() {
        Owned run = sample.own(dag, 1, "a");
        Demand demand =
                new Demand(Map.of(SPARK, 2, new PoolName("gpu"), 1), OptionalInt.of(8), OptionalInt.empty(), 30);
        request(run, "a", demand);
        assertThat(places.standing().requests())
                .singleElement()
                .returns(demand, PlaceRequest::demand)
                .returns(dag, PlaceRequest::dag)
                .returns(run.run(), PlaceRequest::run)
                .returns(new StepId("a"), PlaceRequest::step)
                .returns(Sample.MONDAY, PlaceRequest::since)
                .returns(false, PlaceRequest::granted);
    }

    @Test
    void peoplesSizesSurviveAStartUnlessTheConfigurationSaysSomethingNew() {
        Audit start = new Audit("configuration", "", NOW);
        places.declare(Map.of(SPARK, 4), start);
        places.set(SPARK, 9, ADA);
        places.declare(Map.of(SPARK, 4), start);
        assertThat(places.pools()).extracting(Pool::places).containsExactly(9);
        assertThat(places.pools()).extracting(Pool::configured).containsExactly(Optional.of(4));
        places.declare(Map.of(SPARK, 5), start);
        assertThat(places.pools()).extracting(Pool::places).containsExactly(5);

        assertThat(places.history(10))
                .extracting(PlaceStore.PoolEvent::actor, PlaceStore.PoolEvent::places, PlaceStore.PoolEvent::reason)
                .containsExactly(
                        tuple("configuration", 5, ""), tuple("ada", 9, "more machines"), tuple("configuration", 4, ""));
    }

    @Test
    void aPoolThatIsRemovedIsGoneAndSaysWhoDidIt() {
        places.set(SPARK, 4, ADA);
        assertThat(places.remove(SPARK, ADA)).isTrue();
        assertThat(places.remove(SPARK, ADA)).isFalse();
        assertThat(places.pools()).isEmpty();
        assertThat(places.history(1)).extracting(PlaceStore.PoolEvent::type).containsExactly("pool_removed");
    }

    private LaunchKey request(Owned run, String step, int number) {
        return request(run, step, new Demand(Map.of(SPARK, number), OptionalInt.empty(), OptionalInt.empty(), 0));
    }

    private LaunchKey request(Owned run, String step, Demand demand) {
        Attempt attempt = Sample.attempt(run, step, 1, AttemptState.LAUNCHING);
        sample.commit(
                run,
                Sample.step(step, StepState.RUNNING),
                new Change.AttemptWritten(attempt),
                new Change.PlacesRequested(attempt, demand));
        return attempt.key();
    }

    private void move(Owned run, AttemptState state) {
        sample.commit(run, Sample.attemptWritten(run, "a", 1, state));
    }
}
