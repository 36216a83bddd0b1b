package io.tidegate.scheduler.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A state machine as data: which event leads from which state to which. Immutable; built once in a static initializer, where a
 * duplicate fails the class.
 *
 * @param <S> the states
 * @param <E> the events
 */
public final class TransitionTable<S extends Enum<S>, E extends Enum<E>> {
    /** One row. */
    public record Transition<S, E>(S from, E event, S to) {}

    private record Cause<S, E>(S from, E event) {}

    private final String name;
    private final Map<Cause<S, E>, S> targets;

    private TransitionTable(String name, Map<Cause<S, E>, S> targets) {
        this.name = name;
        this.targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    public static <S extends Enum<S>, E extends Enum<E>> Builder<S, E> named(String name) {
        return new Builder<>(name);
    }

    public String name() {
        return name;
    }

    /** Where the event leads from the state, or empty when it may not happen there. */
    public Optional<S> target(S from, E event) {
        return Optional.ofNullable(targets.get(new Cause<>(from, event)));
    }

    /** Whether the event may happen in the state. */
    public boolean allows(S from, E event) {
        return targets.containsKey(new Cause<>(from, event));
    }

    /**
     * Where the event leads from the state.
     *
     * @throws IllegalStateException when it may not happen there
     */
    public S next(S from, E event) {
        return target(from, event)
                .orElseThrow(() -> new IllegalStateException(name + ": " + event + " cannot happen in state " + from));
    }

    /** All rows, in the order they were declared. */
    public List<Transition<S, E>> transitions() {
        List<Transition<S, E>> rows = new ArrayList<>();
        targets.forEach((cause, to) -> rows.add(new Transition<>(cause.from(), cause.event(), to)));
        return List.copyOf(rows);
    }

    /** Collects rows and refuses contradictions. */
    public static final class Builder<S extends Enum<S>, E extends Enum<E>> {
        private final String name;
        private final Map<Cause<S, E>, S> targets = new LinkedHashMap<>();

        private Builder(String name) {
            this.name = name;
        }

        /** @throws IllegalStateException when the state already has a row for the event */
        public Builder<S, E> on(S from, E event, S to) {
            if (targets.putIfAbsent(new Cause<>(from, event), to) != null) {
                throw new IllegalStateException(name + ": " + event + " in state " + from + " is declared twice");
            }
            return this;
        }

        /**
         * @param isFinal says which states may be left by an event of {@code reopening} only
         * @param reopening the one kind of event that a person may use to leave a final state
         */
        public TransitionTable<S, E> build(Predicate<S> isFinal, Predicate<E> reopening) {
            targets.forEach((cause, to) -> {
                if (isFinal.test(cause.from()) && !reopening.test(cause.event())) {
                    throw new IllegalStateException(
                            name + ": final state " + cause.from() + " cannot be left by " + cause.event());
                }
            });
            return new TransitionTable<>(name, targets);
        }
    }
}
