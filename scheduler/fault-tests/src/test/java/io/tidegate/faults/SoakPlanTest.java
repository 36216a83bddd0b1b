package io.tidegate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.faults.SoakPlan.PlannedFault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SoakPlanTest {
    private static final Duration LEASE = Duration.ofSeconds(12);

    private static SoakPlan plan(long seed, FaultChoice choice) {
        return SoakPlan.draw(new SoakPlan.Wanted(seed, Duration.ofMinutes(20), 2, choice), LEASE, fault -> true);
    }

    @Test
    void aSeedGivesTheSameAgain() {
        SoakPlan plan = plan(7, FaultChoice.ALL);
        assertThat(plan).isEqualTo(plan(7, FaultChoice.ALL)).isNotEqualTo(plan(8, FaultChoice.ALL));
        assertThat(plan.nodeFaults()).extracting(PlannedFault::fault).contains(Fault.KILL, Fault.FREEZE);
        assertThat(plan.groundFaults())
                .extracting(PlannedFault::fault)
                .contains(Fault.DATABASE_RESTART, Fault.DISK_FULL);
    }

    @Test
    void onlyWhatIsChosenBreaks() {
        FaultChoice choice =
                new FaultChoice(FaultChoice.named("kill,database-down"), Optional.of(Duration.ofSeconds(42)));
        SoakPlan plan = plan(7, choice);
        assertThat(plan.nodeFaults()).extracting(PlannedFault::fault).containsOnly(Fault.KILL);
        assertThat(plan.groundFaults())
                .isNotEmpty()
                .allMatch(planned ->
                        planned.fault() == Fault.DATABASE_DOWN && planned.hold().equals(Duration.ofSeconds(42)));
        assertThat(choice.options()).isEqualTo(" --faults kill,database-down --outage 42");
    }

    @Test
    void nothingBreaksWhereNothingIsChosen() {
        SoakPlan plan = plan(7, new FaultChoice(FaultChoice.named("none"), Optional.empty()));
        assertThat(plan.nodeFaults()).isEmpty();
        assertThat(plan.groundFaults()).isEmpty();
        assertThat(plan.work()).isEqualTo(plan(7, FaultChoice.ALL).work()).isNotEmpty();
    }

    @Test
    void aFaultThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> FaultChoice.named("kill,flood"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'flood'", "database-down");
        assertThat(FaultChoice.named("clock-jump")).isEqualTo(Set.of(Fault.CLOCK_JUMP));
    }
}
