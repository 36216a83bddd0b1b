package io.tidegate.store.dag;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.scheduler.run.DagVersionId;
import io.tidegate.scheduler.store.Audit;
import io.tidegate.scheduler.store.DagStore;
import io.tidegate.scheduler.view.DagViews;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DAGs come, change, pause, and go, and keep their versions. */
final class DagStoreTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final DagId FLIGHTS = new DagId("flights");
    private static final DagId TRAINS = new DagId("trains");
    private static final String OLD = "aa".repeat(32);
    private static final String NEW = "bb".repeat(32);

    private static final Audit ADA = new Audit("ada", "the source is down", Sample.MONDAY);

    private final DagStore dags = POSTGRES.stores().dags();

    @BeforeEach
    void noDags() {
        POSTGRES.execute("TRUNCATE dag CASCADE");
    }

    @Test
    void aSavedVersionIsCurrentUntilAnotherIs() {
        assertThat(save(FLIGHTS, OLD)).isTrue();
        assertThat(save(FLIGHTS, OLD)).as("the same again").isFalse();
        assertThat(save(FLIGHTS, NEW)).isTrue();

        assertThat(dags.current(FLIGHTS)).contains(Sample.version(FLIGHTS, NEW));
        assertThat(dags.version(new DagVersionId(FLIGHTS, OLD))).contains(Sample.version(FLIGHTS, OLD));
        assertThat(save(FLIGHTS, OLD)).as("back to the old version").isTrue();
        assertThat(dags.current(FLIGHTS)).contains(Sample.version(FLIGHTS, OLD));
        assertThat(POSTGRES.stores().dataQueries().versions(FLIGHTS, 10))
                .extracting(DagViews.VersionView::version, DagViews.VersionView::current)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(OLD, true),
                        org.assertj.core.groups.Tuple.tuple(NEW, false));
    }

    @Test
    void aDagWhoseFileIsGoneKeepsItsVersions() {
        save(FLIGHTS, OLD);
        save(TRAINS, OLD);
        dags.retainOnly(List.of(TRAINS));
        assertThat(dags.all()).extracting(dag -> dag.version().dag()).containsExactly(TRAINS);
        assertThat(dags.current(FLIGHTS)).isEmpty();
        assertThat(dags.version(new DagVersionId(FLIGHTS, OLD))).isPresent();
        assertThat(dags.setPaused(FLIGHTS, true, ADA)).isFalse();
        assertThat(save(FLIGHTS, OLD)).as("the file is back").isTrue();
        assertThat(dags.all()).hasSize(2);
    }

    @Test
    void pausedIsRememberedAcrossVersions() {
        save(FLIGHTS, OLD);
        assertThat(dags.setPaused(FLIGHTS, true, ADA)).isTrue();
        save(FLIGHTS, NEW);
        assertThat(dags.all())
                .containsExactly(
                        new DagStore.CurrentDag(new DagVersionId(FLIGHTS, NEW), true, "/dags/flights.dag.yaml"));
        assertThat(dags.setPaused(TRAINS, true, ADA)).isFalse();
    }

    @Test
    void theHistoryTellsWhoPausedWhenAndWhyAndOnlyWhatChanged() {
        save(FLIGHTS, OLD);
        Audit bob = new Audit("bob", "again", Sample.MONDAY.plusSeconds(1));
        dags.setPaused(FLIGHTS, true, ADA);
        dags.setPaused(FLIGHTS, true, bob);
        dags.setPaused(FLIGHTS, false, bob);
        assertThat(dags.events(FLIGHTS, 10))
                .extracting(DagStore.DagEvent::type, DagStore.DagEvent::by)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("dag_unpaused", bob),
                        org.assertj.core.groups.Tuple.tuple("dag_paused", ADA));
        assertThat(dags.events(FLIGHTS, 1)).hasSize(1);
    }

    @Test
    void theScheduleMarkMovesForwardsOnly() {
        save(FLIGHTS, OLD);
        Instant later = Sample.MONDAY.plusSeconds(3600);
        assertThat(dags.scheduledUpTo(FLIGHTS)).isEmpty();
        dags.advanceSchedule(FLIGHTS, later);
        dags.advanceSchedule(FLIGHTS, Sample.MONDAY);
        assertThat(dags.scheduledUpTo(FLIGHTS)).isEqualTo(Optional.of(later));
        assertThat(dags.scheduledUpTo(TRAINS)).isEmpty();
    }

    @Test
    void severalAreAskedForAtOnce() {
        DagId gone = new DagId("gone");
        save(FLIGHTS, OLD);
        save(TRAINS, NEW);
        save(gone, OLD);
        dags.retainOnly(List.of(FLIGHTS, TRAINS));
        dags.advanceSchedule(TRAINS, Sample.MONDAY);

        List<DagId> asked = List.of(TRAINS, gone, FLIGHTS, new DagId("unknown"));
        assertThat(dags.find(asked))
                .extracting(DagStore.CurrentDag::version)
                .containsExactlyInAnyOrder(new DagVersionId(FLIGHTS, OLD), new DagVersionId(TRAINS, NEW));
        assertThat(dags.scheduledUpTo(asked)).containsExactly(Map.entry(TRAINS, Sample.MONDAY));
    }

    private boolean save(DagId dag, String hash) {
        return dags.save(Sample.version(dag, hash), "/dags/" + dag + ".dag.yaml");
    }
}
