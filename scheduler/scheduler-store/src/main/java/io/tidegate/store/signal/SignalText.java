package io.tidegate.store.signal;

import io.tidegate.scheduler.node.NodeSignal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a notification says: who speaks, and the names of what it wakes for. Names that this server does not know are a newer one's, and wake
 * for nothing here.
 */
final class SignalText {
    private SignalText() {}

    static String write(String speaker, Set<NodeSignal> signals) {
        return speaker + " " + signals.stream().map(Enum::name).collect(Collectors.joining(" "));
    }

    /** What others say; empty for what this speaker says itself. */
    static Set<NodeSignal> read(String speaker, String text) {
        String[] words = text.split(" ", -1);
        Set<NodeSignal> heard = EnumSet.noneOf(NodeSignal.class);
        if (!words[0].equals(speaker)) {
            Arrays.stream(words).skip(1).flatMap(word -> known(word).stream()).forEach(heard::add);
        }
        return heard;
    }

    private static Optional<NodeSignal> known(String word) {
        return Arrays.stream(NodeSignal.values())
                .filter(signal -> signal.name().equals(word))
                .findFirst();
    }
}
