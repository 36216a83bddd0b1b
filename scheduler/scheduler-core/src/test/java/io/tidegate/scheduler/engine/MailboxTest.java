package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.step.StepId;
import io.tidegate.executor.ExternalJob;
import io.tidegate.executor.LaunchKey;
import io.tidegate.scheduler.gate.GateVerdict;
import io.tidegate.scheduler.plan.Happening;
import io.tidegate.scheduler.plan.PlannerEvent;
import io.tidegate.scheduler.resolve.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MailboxTest {
    private static final Happening URGENT = at(new PlannerEvent.Adopted());
    private static final Happening PUBLICATION = at(new PlannerEvent.StepResolved(
            new StepId("publish"),
            new Resolution.Publish(new GateVerdict(true, "better", 2, Optional.of(1), List.of()))));

    private final Mailbox mailbox = new Mailbox(PlannerEvent.LaunchAccepted.class::isInstance);

    private static Happening at(PlannerEvent event) {
        return new Happening(event, Instant.EPOCH);
    }

    private static Happening accepted(String step) {
        ExternalJob job = new ExternalJob(new LaunchKey("run-1-" + step + "-1"), "4711", Map.of());
        return at(new PlannerEvent.LaunchAccepted(new StepId(step), 1, job));
    }

    @Test
    void whatMayLingerGoesWithWhatComesAfterIt() {
        assertThat(mailbox.add(accepted("a"))).as("somebody must call again").isTrue();
        assertThat(mailbox.isDue()).isFalse();

        assertThat(mailbox.add(URGENT)).isFalse();
        assertThat(mailbox.isDue()).isTrue();
        assertThat(mailbox.take()).containsExactly(accepted("a"), URGENT);
        assertThat(mailbox.isDue()).isFalse();
    }

    @Test
    void whatHasLingeredGoesAlone() {
        mailbox.add(accepted("a"));

        mailbox.lingered(accepted("a"));

        assertThat(mailbox.isDue()).isTrue();
        assertThat(mailbox.take()).containsExactly(accepted("a"));
    }

    @Test
    void aCallForWhatHasGoneIsForNothingElse() {
        mailbox.add(accepted("a"));
        mailbox.add(URGENT);
        mailbox.take();
        mailbox.add(accepted("b"));

        mailbox.lingered(accepted("a"));

        assertThat(mailbox.isDue()).isFalse();
    }

    @Test
    void whatIsLeftBehindAPublicationIsDueAtOnceAndStaysSo() {
        mailbox.add(URGENT);
        mailbox.add(PUBLICATION);
        assertThat(mailbox.add(accepted("a"))).as("it goes with the others").isFalse();

        assertThat(mailbox.take()).containsExactly(URGENT);
        assertThat(mailbox.take()).containsExactly(PUBLICATION);
        mailbox.lingered(accepted("long-gone"));

        assertThat(mailbox.isDue()).isTrue();
        assertThat(mailbox.take()).containsExactly(accepted("a"));
        assertThat(mailbox.isDue()).isFalse();
    }
}
