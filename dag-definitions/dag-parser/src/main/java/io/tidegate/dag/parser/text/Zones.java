package io.tidegate.dag.parser.text;

import io.tidegate.dag.graph.NearestName;
import io.tidegate.dag.parser.problem.Excerpt;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Time zones of the IANA database: {@code America/New_York}, {@code UTC}. */
public final class Zones {
    private static final Set<String> KNOWN = Set.copyOf(ZoneId.getAvailableZoneIds());

    private Zones() {}

    /** @throws TextException when there is no such zone */
    public static ZoneId read(String text) throws TextException {
        if (KNOWN.contains(text)) {
            return ZoneId.of(text);
        }
        throw new TextException(
                "there is no time zone " + Excerpt.quoted(text),
                nearest(text)
                        .map(zone -> "did you mean '" + zone + "'?")
                        .orElse("zones are named like America/New_York or UTC"));
    }

    /** The zone with nearly this name, or the one of a city that is named alone. */
    private static Optional<String> nearest(String text) {
        String wanted = text.strip().replace(' ', '_').toLowerCase(Locale.ROOT);
        Optional<String> sameCity = KNOWN.stream()
                .filter(zone -> zone.equalsIgnoreCase(wanted)
                        || (wanted.length() > 2 && zone.toLowerCase(Locale.ROOT).endsWith("/" + wanted)))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        return sameCity.or(() -> NearestName.of(text, KNOWN));
    }
}
