package io.tidegate.executor.kubernetes.end;

import io.fabric8.kubernetes.api.model.Event;
import io.tidegate.executor.JobEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people should know of the events that a cluster keeps of an object. */
public final class Warnings {
    private static final int MOST = 5;

    private Warnings() {}

    /** The newest warnings, oldest first. */
    public static List<JobEvent> of(List<Event> events) {
        List<JobEvent> warnings = events.stream()
                .filter(event -> "Warning".equals(event.getType()))
                .map(Warnings::of)
                .sorted(Comparator.comparing(JobEvent::time))
                .toList();
        return warnings.subList(Math.max(0, warnings.size() - MOST), warnings.size());
    }

    /** Which of its times an event has depends on who reported it. */
    private static JobEvent of(Event event) {
        Instant time = Stream.of(
                        event.getSeries() == null ? null : event.getSeries().getLastObservedTime(),
                        event.getEventTime())
                .flatMap(found -> Optional.ofNullable(found).stream())
                .map(found -> found.getTime())
                .map(PodStates::time)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> PodStates.time(event.getLastTimestamp()))
                .or(() -> PodStates.time(event.getFirstTimestamp()))
                .or(() -> PodStates.time(event.getMetadata().getCreationTimestamp()))
                .orElse(Instant.EPOCH);
        Integer count =
                event.getSeries() == null ? event.getCount() : event.getSeries().getCount();
        return new JobEvent(
                time,
                PodStates.text(event.getReason(), "?"),
                PodStates.text(event.getMessage(), ""),
                count == null ? 1 : count);
    }
}
