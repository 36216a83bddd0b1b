package io.tidegate.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which faults a soak draws from.
 *
 * @param outage for how long PostgreSQL is away when it is; absent when that is drawn, too
 */
record FaultChoice(Set<Fault> faults, Optional<Duration> outage) {
    private static final String NONE = "none";
    private static final int LONGEST_OUTAGE_SECONDS = 600;
    private static final int SHORTEST_OUTAGE_SECONDS = 3;

    /** Everything that this machine can do. */
    static final FaultChoice ALL = new FaultChoice(EnumSet.allOf(Fault.class), Optional.empty());

    /**
     * @param names faults in lower case with hyphens, separated by commas; {@code none} for a soak in which nothing breaks
     * @throws IllegalArgumentException if there is no such fault
     */
    static Set<Fault> named(String names) {
        return names.equals(NONE)
                ? EnumSet.noneOf(Fault.class)
                : Arrays.stream(names.split(","))
                        .map(FaultChoice::one)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)));
    }

    private static Fault one(String name) {
        return Arrays.stream(Fault.values())
                .filter(fault -> name(fault).equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no fault '" + name + "'; there are " + names(EnumSet.allOf(Fault.class))));
    }

    private static String name(Fault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String names(Set<Fault> faults) {
        return faults.isEmpty() ? NONE : faults.stream().map(FaultChoice::name).collect(Collectors.joining(","));
    }

    /** Longer soaks have longer outages, up to a tenth of the whole and ten minutes, unless one length was asked for. */
    Duration outage(Duration soak, double strength) {
        long most = Math.min(LONGEST_OUTAGE_SECONDS, soak.toSeconds() / 10);
        return outage.orElseGet(
                () -> Duration.ofMillis(Math.round(1000 * (SHORTEST_OUTAGE_SECONDS + strength * most))));
    }

    /** The options of the command that choose the same; empty for all. */
    String options() {
        return (faults.equals(ALL.faults) ? "" : " --faults " + names(faults))
                + outage.map(length -> " --outage " + length.toSeconds()).orElse("");
    }
}
