package io.tidegate.executor.spark;

import io.tidegate.executor.FailureKind;
import io.tidegate.executor.Observation;
import io.tidegate.executor.spark.cluster.ClusterDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is concluded from look to look about one application in a cluster. A submit that has ended says nothing about its driver; an
 * application that the cluster knew and knows no more is lost. Not safe for use by several threads.
 */
final class DriverWatch {
    private static final int LOOKS_UNTIL_GONE = 3;

    private final Map<String, String> described;
    private boolean seen;
    private boolean runningTold;
    private int absences;

    /**
     * @param described what is known of the job already
     */
    DriverWatch(Map<String, String> described) {
        this.described = new HashMap<>(described);
        this.seen = described.containsKey(ClusterDriver.APPLICATION_ID) || described.containsKey("driverId");
    }

    /**
     * @param driver the application as the cluster sees it now; absent when the cluster says that it has none
     * @param submit how the submit ended; absent while it runs
     * @param lastWords what the submit printed last
     * @return what is new, in order
     */
    List<Observation> conclude(Optional<ClusterDriver> driver, Optional<Observation.Ended> submit, String lastWords) {
        return driver.map(this::present).orElseGet(() -> absent(submit, lastWords));
    }

    private List<Observation> present(ClusterDriver driver) {
        List<Observation> news = new ArrayList<>();
        seen = true;
        absences = 0;
        if (!described.entrySet().containsAll(driver.details().entrySet())) {
            described.putAll(driver.details());
            news.add(new Observation.Described(driver.details()));
        }
        if (driver.running() && !runningTold) {
            runningTold = true;
            news.add(new Observation.Running());
        }
        driver.ended().ifPresent(news::add);
        return news;
    }

    private List<Observation> absent(Optional<Observation.Ended> submit, String lastWords) {
        if (!seen && submit.isEmpty()) {
            return List.of();
        }
        // Whoever has just accepted an application may need a moment until it lists it.
        absences++;
        return absences < LOOKS_UNTIL_GONE ? List.of() : List.of(gone(submit, lastWords));
    }

    private Observation.Ended gone(Optional<Observation.Ended> submit, String lastWords) {
        if (seen) {
            return Observation.Ended.lost(
                    "the application was deleted from the cluster, and nothing says how it ended");
        }
        Optional<FailureKind> failure = submit.flatMap(Observation.Ended::failure);
        if (failure.isEmpty() || failure.get() == FailureKind.LOST) {
            return Observation.Ended.lost("the submit is over, and the cluster has no application of this attempt");
        }
        OptionalInt exitCode = submit.get().exitCode();
        boolean killed = exitCode.orElse(0) > 128;
        return new Observation.Ended(
                exitCode,
                Optional.of(killed ? FailureKind.USER : FailureKind.PLATFORM),
                killed
                        ? "the submit was " + submit.get().message()
                        : "nothing was submitted, " + submit.get().message() + ": " + lastWords);
    }
}
