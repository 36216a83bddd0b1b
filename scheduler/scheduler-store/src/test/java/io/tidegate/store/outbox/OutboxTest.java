package io.tidegate.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.AlertRule;
import io.tidegate.dag.DagId;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.alert.Alert;
import io.tidegate.scheduler.change.Change;
import io.tidegate.scheduler.store.Outbox;
import io.tidegate.scheduler.store.Outbox.Message;
import io.tidegate.scheduler.store.Outbox.Topic;
import io.tidegate.scheduler.view.DataQueries;
import io.tidegate.scheduler.view.DataViews;
import io.tidegate.store.fixture.PostgresExtension;
import io.tidegate.store.fixture.Sample;
import io.tidegate.store.fixture.Sample.Owned;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A problem is told once, in order, until it was delivered or given up. */
final class OutboxTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Instant NOW = Sample.MONDAY;

    private final Outbox outbox = POSTGRES.stores().outbox();
    private final DataQueries queries = POSTGRES.stores().dataQueries();
    private final Sample sample = new Sample(POSTGRES.stores());
    private DagId dag;
    private Owned owned;

    @BeforeEach
    void nothingToTell() {
        POSTGRES.execute("TRUNCATE outbox, alert");
        dag = sample.dag();
        owned = sample.own(dag, 1, "train");
    }

    @Test
    void aProblemIsToldToEachChannelOnceWhileItLasts() {
        sample.commit(owned, raised("boom", "log", "ml-oncall"));
        sample.commit(owned, raised("boom", "log", "ml-oncall"));

        assertThat(due())
                .extracting(Message::destination, Message::action)
                .containsExactly(told("log", "raised"), told("ml-oncall", "raised"));
        DataViews.AlertView alert = queries.alerts(true, 10).get(0);
        assertThat(queries.alerts(true, 10)).hasSize(1);
        assertThat(due()).allMatch(message -> message.reference().equals(Long.toString(alert.id())));
        assertThat(alert.state()).isEqualTo("open");
        assertThat(alert.event()).isEqualTo("step_failed");
        assertThat(alert.partition()).contains(Sample.week(1).partition());
        assertThat(alert.deliveries()).containsExactly("log: waiting", "ml-oncall: waiting");
    }

    @Test
    void aResolvedProblemIsToldAndMayComeBack() {
        sample.commit(owned, raised("boom", "log"), resolved("boom", "log", "status-page"), raised("boom", "log"));

        assertThat(queries.alerts(true, 10)).hasSize(1);
        assertThat(queries.alerts(false, 10))
                .extracting(DataViews.AlertView::state)
                .containsExactly("open", "resolved");
        assertThat(due())
                .extracting(Message::destination, Message::action)
                .containsExactly(
                        told("log", "raised"),
                        told("log", "resolved"),
                        told("status-page", "resolved"),
                        told("log", "raised"));
        POSTGRES.execute("TRUNCATE outbox");
        sample.commit(owned, resolved("never happened", "log"));
        assertThat(due()).isEmpty();
    }

    @Test
    void aPersonClosesAnAlertOnce() {
        sample.commit(owned, raised("boom", "log"));
        long id = queries.alerts(true, 10).get(0).id();
        assertThat(POSTGRES.stores().alerts().resolve(id, "ada", "known", NOW.plusSeconds(5)))
                .isTrue();
        assertThat(POSTGRES.stores().alerts().resolve(id, "ada", "known", NOW)).isFalse();
        assertThat(POSTGRES.stores().alerts().resolve(-1, "ada", "", NOW)).isFalse();
        assertThat(queries.alert(id).orElseThrow().resolvedAt()).contains(NOW.plusSeconds(5));
        assertThat(outbox.due(Topic.ALERT, NOW.plusSeconds(5), 10))
                .extracting(Message::action)
                .containsExactly("raised", "resolved");
        assertThat(queries.alert(-1)).isEmpty();
    }

    @Test
    void aFailingDestinationKeepsItsOrderAndHoldsUpNobodyElse() {
        sample.commit(owned, raised("one", "slow", "quick"), raised("two", "slow", "quick"));
        List<Message> messages = due();
        Message first = messages.get(0);
        assertThat(first.destination()).isEqualTo("slow");

        outbox.failed(first.id(), "503", NOW.plusSeconds(30));

        assertThat(due()).extracting(Message::destination).containsExactly("quick", "quick");
        List<Message> later = outbox.due(Topic.ALERT, NOW.plusSeconds(30), 10);
        assertThat(later).hasSize(4);
        assertThat(later.get(0).id()).isEqualTo(first.id());
        assertThat(later.get(0).tries()).isEqualTo(1);
        outbox.abandoned(first.id(), "410 gone");
        assertThat(due()).hasSize(3);
        assertThat(queries.alerts(true, 10).get(1).deliveries()).contains("slow: given up, 410 gone");
    }

    @Test
    void aDeliveredMessageIsNotDueAgain() {
        sample.commit(owned, raised("boom", "log"));
        outbox.delivered(due().get(0).id(), NOW);
        assertThat(due()).isEmpty();
        assertThat(queries.alerts(true, 10).get(0).deliveries()).containsExactly("log: delivered");
    }

    @Test
    void whatAnAttemptDidIsAnnouncedOnceInOrder() {
        sample.commit(owned, announced(Change.LineageEvent.START));
        sample.commit(owned, announced(Change.LineageEvent.COMPLETE), announced(Change.LineageEvent.START));
        String attempt = owned.run() + "/train/1/";
        assertThat(outbox.due(Topic.LINEAGE, NOW, 10))
                .extracting(Message::reference)
                .containsExactly(attempt + "START", attempt + "COMPLETE");
        assertThat(outbox.due(Topic.LINEAGE, NOW, 1)).hasSize(1);
        assertThat(due()).as("another topic").isEmpty();
    }

    private List<Message> due() {
        return outbox.due(Topic.ALERT, NOW, 10);
    }

    private static org.assertj.core.groups.Tuple told(String channel, String action) {
        return org.assertj.core.groups.Tuple.tuple(channel, action);
    }

    private Change raised(String problem, String... channels) {
        Alert alert = new Alert(
                problem,
                AlertRule.Event.STEP_FAILED,
                dag,
                owned.run(),
                Optional.of(new StepId("train")),
                "it broke",
                List.of(channels));
        return new Change.AlertRaised(alert, NOW);
    }

    private Change resolved(String problem, String... channels) {
        return new Change.AlertResolved(dag, problem, "it works again", List.of(channels), NOW);
    }

    private static Change announced(Change.LineageEvent event) {
        return new Change.LineageAnnounced(new StepId("train"), 1, event, NOW);
    }
}
