package io.tidegate.scheduler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.graph.DagGraph;
import io.tidegate.dag.step.Retries;
import io.tidegate.executor.FailureKind;
import io.tidegate.scheduler.alert.AlertState;
import io.tidegate.scheduler.model.ModelState;
import io.tidegate.scheduler.plan.PlannedRun.Move;
import io.tidegate.scheduler.resolve.Resolution;
import io.tidegate.scheduler.sample.DagBuilder;
import io.tidegate.scheduler.state.TransitionTable;
import io.tidegate.scheduler.state.TransitionTable.Transition;
import io.tidegate.scheduler.state.Transitions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of every transition table is taken by a story here: a row that no story takes means nothing and must go, or lacks a test. */
final class TransitionCoverageTest {
    private static final DagGraph CHAIN =
            new DagBuilder("chain").task("a").task("b", "a").build();
    private static final DagGraph PATIENT = new DagBuilder("patient")
            .retries(new Retries(1, 1, 1, 1, Duration.ofSeconds(10), Duration.ofMinutes(1)))
            .task("a")
            .build();

    private static Stream<PlannedRun> stories() {
        return Stream.of(
                // Runs and steps that end by themselves.
                PlannedRun.started(CHAIN).run("a").run("b").rerunAll(),
                PlannedRun.started(CHAIN).work("a").fail("a").rerunFailed(),
                PlannedRun.started(CHAIN)
                        .skip("a")
                        .resolve("b", new Resolution.Fail("no data"))
                        .rerunFrom("a"),
                PlannedRun.started(
                                new DagBuilder("model").train("a").publish("b").build())
                        .skip("a")
                        .rerunAll(),
                PlannedRun.started(
                                new DagBuilder("model").train("a").publish("b").build())
                        .run("a")
                        .publish("b", true),
                PlannedRun.started(PATIENT)
                        .work("a")
                        .fail("a")
                        .later(Duration.ofMinutes(1))
                        .fire(Timer.Kind.RETRY, "a"),
                // Cancellations at every stage.
                PlannedRun.queued(CHAIN).cancel().rerunFailed(),
                PlannedRun.started(CHAIN).cancel(),
                PlannedRun.started(PATIENT).work("a").fail("a").cancel(),
                PlannedRun.started(CHAIN).work("a").cancel().fail("a"),
                PlannedRun.started(CHAIN).work("a").cancel().succeed("a"),
                PlannedRun.started(CHAIN).resolve("a").cancel(),
                PlannedRun.started(CHAIN).resolve("a").loseAnswer("a").cancel(),
                // Launches and jobs that go wrong.
                PlannedRun.started(CHAIN).resolve("a").reject("a", FailureKind.PLATFORM),
                PlannedRun.started(CHAIN).resolve("a").loseAnswer("a").find("a"),
                PlannedRun.started(CHAIN).resolve("a").loseAnswer("a").findNothing("a"),
                PlannedRun.started(CHAIN)
                        .work("a")
                        .later(Duration.ofHours(1))
                        .fire(Timer.Kind.TIMEOUT, "a")
                        .fail("a"));
    }

    private static Stream<PlannedRun> marks() {
        return Stream.of(
                // A person's word against every state a step can be in.
                PlannedRun.started(CHAIN).markSucceeded("b").markFailed("a").markSucceeded("a"),
                PlannedRun.started(CHAIN)
                        .markFailed("b")
                        .run("a")
                        .markFailed("a")
                        .rerunAll(),
                PlannedRun.started(CHAIN).run("a").run("b").markFailed("b").markSucceeded("b"),
                PlannedRun.started(CHAIN).skip("a").markSucceeded("a"),
                PlannedRun.started(CHAIN).skip("a").markFailed("a"),
                PlannedRun.started(CHAIN).work("a").fail("a").markSucceeded("b"),
                PlannedRun.started(CHAIN).work("a").fail("a").markFailed("b"),
                PlannedRun.started(CHAIN).cancel().markSucceeded("a").markSucceeded("b"),
                PlannedRun.started(CHAIN).cancel().markFailed("a"),
                PlannedRun.started(PATIENT).work("a").fail("a").markSucceeded("a"),
                PlannedRun.started(PATIENT).work("a").fail("a").markFailed("a"),
                PlannedRun.started(CHAIN).work("a").markSucceeded("a").fail("a"));
    }

    @Test
    void storiesTakeEveryTransitionOfRunStepAndAttempt() {
        Set<Move> taken = Stream.concat(stories(), marks())
                .flatMap(story -> story.moves().stream())
                .collect(Collectors.toSet());
        Set<Move> declared = new LinkedHashSet<>();
        declared.addAll(rows("run", Transitions.RUN));
        declared.addAll(rows("step", Transitions.STEP));
        declared.addAll(rows("attempt", Transitions.ATTEMPT));

        assertThat(taken).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void eachPairOfStatesHasOneEventSoThatMovesTellTransitionsApart() {
        List.of(Transitions.RUN, Transitions.STEP, Transitions.ATTEMPT).forEach(table -> {
            List<Move> rows = rows(table.name(), table);
            assertThat(Set.copyOf(rows)).hasSameSizeAs(rows);
        });
    }

    @Test
    void versionsOfAModelTakeEveryTransition() {
        assertThat(walk(
                        ModelState.TRANSITIONS,
                        ModelState.CANDIDATE,
                        List.of(
                                List.of(
                                        ModelState.Event.CHALLENGE,
                                        ModelState.Event.ACCEPT,
                                        ModelState.Event.REPLACE,
                                        ModelState.Event.TAKE_BACK),
                                List.of(ModelState.Event.CHALLENGE, ModelState.Event.REJECT))))
                .containsExactlyInAnyOrderElementsOf(ModelState.TRANSITIONS.transitions());
    }

    @Test
    void alertsTakeEveryTransition() {
        assertThat(walk(AlertState.TRANSITIONS, AlertState.OPEN, List.of(List.of(AlertState.Event.RESOLVE))))
                .containsExactlyInAnyOrderElementsOf(AlertState.TRANSITIONS.transitions());
    }

    private static <S extends Enum<S>, E extends Enum<E>> Set<Transition<S, E>> walk(
            TransitionTable<S, E> table, S first, List<List<E>> paths) {
        Set<Transition<S, E>> taken = new LinkedHashSet<>();
        for (List<E> path : paths) {
            S state = first;
            for (E event : path) {
                S next = table.next(state, event);
                taken.add(new Transition<>(state, event, next));
                state = next;
            }
        }
        return taken;
    }

    private static <S extends Enum<S>, E extends Enum<E>> List<Move> rows(String subject, TransitionTable<S, E> table) {
        return table.transitions().stream()
                .map(row -> new Move(subject, PlannedRun.word(row.from()), PlannedRun.word(row.to())))
                .toList();
    }
}
