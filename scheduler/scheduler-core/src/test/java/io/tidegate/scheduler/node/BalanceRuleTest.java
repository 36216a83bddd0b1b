package io.tidegate.scheduler.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs are spread, and stay where they are once they are. */
final class BalanceRuleTest {
    @ParameterizedTest(name = "{0} of {1} runs on one of {2} nodes: {3} too many, room for {4}")
    @CsvSource({
        // A node that is alone keeps everything and takes everything.
        "10, 10, 1, 0, 2147483647",
        // A node that has just come has room for its share, and the other one as much too many.
        "10, 10, 2, 5, 0",
        "0, 10, 2, 0, 5",
        // One more than the share is no reason to move anything.
        "6, 10, 2, 0, 0",
        "3, 3, 2, 0, 0 ",
        "4, 4, 2, 2, 0",
        // The slack grows with the share.
        "110, 200, 2, 0, 0",
        "112, 200, 2, 12, 0",
        "0, 0, 3, 0, 0"
    })
    void aNodeGivesWhatIsClearlyTooMuchAndTakesUpToItsShare(int own, int all, int nodes, int surplus, int room) {
        NodeLoad load = new NodeLoad(own, all, nodes);

        assertThat(BalanceRule.surplus(load)).isEqualTo(surplus);
        assertThat(BalanceRule.room(load)).isEqualTo(room);
    }

    @Test
    void howeverRunsLieTheySettleWithinTwoRoundsAndThenNothingMoves() {
        Random random = new Random(7);
        for (int game = 0; game < 500; game++) {
            int[] owned = random.ints(2 + random.nextInt(6), 0, 300).toArray();
            int all = Arrays.stream(owned).sum();
            int free = round(owned, all, 0);
            free = round(owned, all, free);
            assertThat(free).as("somebody has room for every run").isZero();
            int[] settled = owned.clone();
            round(owned, all, 0);
            assertThat(owned).containsExactly(settled);
        }
    }

    /** Every node gives, then every node takes. */
    private static int round(int[] owned, int all, int orphaned) {
        int free = orphaned;
        for (int node = 0; node < owned.length; node++) {
            int surplus = BalanceRule.surplus(new NodeLoad(owned[node], all, owned.length));
            owned[node] -= surplus;
            free += surplus;
        }
        for (int node = 0; node < owned.length; node++) {
            int taken = Math.min(free, BalanceRule.room(new NodeLoad(owned[node], all, owned.length)));
            owned[node] += taken;
            free -= taken;
        }
        return free;
    }
}
