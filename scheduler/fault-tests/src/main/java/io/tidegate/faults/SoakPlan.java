package io.tidegate.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * What happens when, drawn from the seed alone: the same seed gives the same faults and the same work at the same instants. How the threads
 * of servers and database meet in between is not the seed's.
 *
 * @param nodeFaults what servers suffer, one after the other
 * @param groundFaults what database and disk suffer meanwhile, one after the other
 * @param work what is asked of the servers
 */
record SoakPlan(List<PlannedFault> nodeFaults, List<PlannedFault> groundFaults, List<PlannedWork> work) {
    private static final List<String> DAGS = List.of(
            "chain",
            "chain",
            "chain",
            "fan",
            "fan",
            "flaky",
            "flaky",
            "slow",
            "sensing",
            "pooled",
            "pooled",
            "flood",
            "stubborn");
    private static final double SECONDS_PER_MINUTE = 60;
    private static final int CANCELLED_OF_TEN = 3;
    private static final int LONGEST_BEFORE_CANCEL_MILLISECONDS = 6_000;
    private static final int BACKFILL_EVERY = 20;
    private static final int DAYS_OF_BACKFILL = 6;
    private static final long LEAST_PAUSE_MILLISECONDS = 1_000;
    private static final int PAUSE_SPREAD_MILLISECONDS = 5_000;
    private static final long LEAST_WORK_PAUSE_MILLISECONDS = 300;
    private static final int WORK_PAUSE_SPREAD_MILLISECONDS = 1_800;

    /**
     * @param at after the start of the soak
     * @param node which server, for a fault of one
     * @param hold for how long
     * @param strength between 0 and 1, for faults that can be weak or strong
     */
    record PlannedFault(Duration at, Fault fault, int node, Duration hold, double strength) {}

    /**
     * @param at after the start of the soak
     * @param dag what is to be run
     * @param node which server is asked first
     * @param cancelAfter when the run is cancelled, counted from its making
     * @param backfillDay first day of a backfill; absent for one run
     */
    record PlannedWork(
            Duration at, String dag, int node, Optional<Duration> cancelAfter, Optional<Integer> backfillDay) {
        static final int DAYS = DAYS_OF_BACKFILL;
    }

    /**
     * What is asked of a soak.
     *
     * @param length how long things break
     * @param nodes how many servers there are
     * @param choice what may break
     */
    record Wanted(long seed, Duration length, int nodes, FaultChoice choice) {
        Wanted {
            if (nodes < 1 || length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException(
                        "a soak needs a server and some time, not " + nodes + " and " + length);
            }
        }

        /** The options of the command that ask for the same. */
        String options() {
            return "--seed " + seed + " --minutes " + length.toSeconds() / SECONDS_PER_MINUTE + " --nodes " + nodes
                    + choice.options();
        }
    }

    /**
     * @param lease how long a server owns its runs without renewing
     * @param onThisMachine what can be done here
     */
    static SoakPlan draw(Wanted wanted, Duration lease, Predicate<Fault> onThisMachine) {
        Predicate<Fault> possible = onThisMachine.and(wanted.choice().faults()::contains);
        // A generator for each part, so that none of them changes with the others.
        return new SoakPlan(
                faults(new Random(wanted.seed()), wanted, lease, possible.and(Fault::isOfNode)),
                faults(new Random(wanted.seed() + 1), wanted, lease, possible.and(fault -> !fault.isOfNode())),
                work(new Random(wanted.seed() + 2), wanted.length(), wanted.nodes()));
    }

    private static List<PlannedFault> faults(Random random, Wanted wanted, Duration lease, Predicate<Fault> which) {
        Duration length = wanted.length();
        List<PlannedFault> planned = new ArrayList<>();
        List<Fault> deck = new ArrayList<>();
        Duration at = Duration.ZERO;
        while (Arrays.stream(Fault.values()).anyMatch(which)) {
            if (deck.isEmpty()) {
                Arrays.stream(Fault.values()).filter(which).forEach(deck::add);
                Collections.shuffle(deck, random);
            }
            Fault fault = deck.remove(deck.size() - 1);
            at = at.plusMillis(LEAST_PAUSE_MILLISECONDS + random.nextInt(PAUSE_SPREAD_MILLISECONDS));
            double strength = random.nextDouble();
            Duration hold = hold(fault, strength, lease, wanted);
            int node = random.nextInt(wanted.nodes());
            if (at.compareTo(length) > 0) {
                return planned;
            }
            // What does not fit before the end is passed over.
            if (at.plus(hold).compareTo(length) <= 0) {
                planned.add(new PlannedFault(at, fault, node, hold, strength));
                at = at.plus(hold);
            }
        }
        return planned;
    }

    private static Duration hold(Fault fault, double strength, Duration lease, Wanted wanted) {
        return switch (fault) {
            case KILL, TERMINATE -> seconds(0, 3, strength);
            case FREEZE -> lease.plus(seconds(1, 8, strength));
            case CLOCK_JUMP -> seconds(5, 20, strength);
            case DATABASE_RESTART -> Duration.ZERO;
            case DATABASE_DOWN -> wanted.choice().outage(wanted.length(), strength);
            case READ_ONLY -> seconds(2, 12, strength);
            case CONNECTION_STORM, ROWS_LOCKED -> seconds(3, 10, strength);
            case TABLE_LOCKED -> seconds(3, 12, strength);
            case OLD_SNAPSHOT -> seconds(5, 20, strength);
            case DISK_FULL -> seconds(3, 10, strength);
        };
    }

    private static Duration seconds(int least, int most, double strength) {
        return Duration.ofMillis(Math.round(1000 * (least + strength * (most - least))));
    }

    private static List<PlannedWork> work(Random random, Duration length, int nodes) {
        List<PlannedWork> planned = new ArrayList<>();
        Duration at = Duration.ZERO;
        while (true) {
            at = at.plusMillis(LEAST_WORK_PAUSE_MILLISECONDS + random.nextInt(WORK_PAUSE_SPREAD_MILLISECONDS));
            String dag = DAGS.get(random.nextInt(DAGS.size()));
            int node = random.nextInt(nodes);
            Duration cancel = Duration.ofMillis(random.nextInt(LONGEST_BEFORE_CANCEL_MILLISECONDS));
            boolean cancelled = random.nextInt(10) < CANCELLED_OF_TEN;
            int day = 1 + random.nextInt(300);
            if (at.compareTo(length) > 0) {
                return planned;
            }
            boolean backfill = planned.size() % BACKFILL_EVERY == 1;
            planned.add(
                    backfill
                            ? new PlannedWork(at, "history", node, Optional.empty(), Optional.of(day))
                            : new PlannedWork(
                                    at, dag, node, Optional.of(cancel).filter(some -> cancelled), Optional.empty()));
        }
    }
}
