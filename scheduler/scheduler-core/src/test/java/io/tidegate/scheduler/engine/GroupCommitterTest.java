package io.tidegate.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.dag.DagId;
import io.tidegate.dag.schedule.Overlap;
import io.tidegate.dag.step.StepId;
import io.tidegate.scheduler.change.CommitOutcome;
import io.tidegate.scheduler.change.RunCommit;
import io.tidegate.scheduler.node.NodeId;
import io.tidegate.scheduler.run.Run;
import io.tidegate.scheduler.run.RunId;
import io.tidegate.scheduler.run.RunSnapshot;
import io.tidegate.scheduler.store.RunStore;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupCommitterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<List<Long>> batches = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile Function<List<RunCommit>, List<CommitOutcome>> answer =
            batch -> batch.stream().map(commit -> CommitOutcome.WRITTEN).toList();
    private final GroupCommitter committer = new GroupCommitter(
            new CommitsOnly(), System::nanoTime, new Patience(Duration.ofMillis(1), Duration.ofMillis(2)), 10);

    private void submit(long sequence) {
        committer.submit(commit(sequence), telling(sequence));
    }

    private static RunCommit commit(long sequence) {
        return new RunCommit(new RunId(new UUID(0, sequence)), 1, sequence, List.of());
    }

    private GroupCommitter.Callback telling(long sequence) {
        return new GroupCommitter.Callback() {
            @Override
            public void done(CommitOutcome outcome) {
                told.add(sequence + " " + outcome);
            }

            @Override
            public void failed(RuntimeException problem) {
                told.add(sequence + " " + problem.getMessage());
            }
        };
    }

    private void awaitTold(int count) {
        EngineTestBase.eventually(() -> told.size() >= count);
    }

    @AfterEach
    void stop() throws InterruptedException {
        committer.close(PATIENCE);
    }

    @Test
    void writesWhatArrivedDuringTheLastCommitTogetherAndInOrder() {
        CountDownLatch first = new CountDownLatch(1);
        answer = batch -> {
            await(first);
            return batch.stream().map(commit -> CommitOutcome.WRITTEN).toList();
        };
        committer.start();
        submit(1);
        EngineTestBase.eventually(() -> batches.size() == 1);
        IntStream.rangeClosed(2, 15).forEach(this::submit);
        first.countDown();
        awaitTold(15);

        assertThat(batches.get(0)).containsExactly(1L);
        assertThat(batches.get(1)).hasSize(10).isSorted();
        assertThat(told).startsWith("1 WRITTEN", "2 WRITTEN", "3 WRITTEN").hasSize(15);
    }

    @Test
    void aCommitThatIsAloneIsWrittenByWhoBringsIt() {
        committer.start();
        committer.writeOrSubmit(commit(1), telling(1));

        assertThat(told).as("written before the call came back").containsExactly("1 WRITTEN");
    }

    @Test
    void aCommitThatTheDatabaseDoesNotTakeIsLeftToTheWriter() {
        answer = batch -> {
            if (batches.size() < 3) {
                throw new StoreUnavailableException("away", null);
            }
            return batch.stream().map(commit -> CommitOutcome.WRITTEN).toList();
        };
        committer.start();
        committer.writeOrSubmit(commit(1), telling(1));
        awaitTold(1);

        assertThat(told).containsExactly("1 WRITTEN");
    }

    @Test
    void tellsEachCommitItsOwnOutcome() {
        answer = batch -> batch.stream()
                .map(commit -> commit.sequence() == 2 ? CommitOutcome.STALE : CommitOutcome.WRITTEN)
                .toList();
        IntStream.rangeClosed(1, 3).forEach(this::submit);
        committer.start();
        awaitTold(3);

        assertThat(told).containsExactly("1 WRITTEN", "2 STALE", "3 WRITTEN");
    }

    @Test
    void keepsTheBatchWhileTheDatabaseIsAway() {
        answer = batch -> {
            if (batches.size() < 5) {
                throw new StoreUnavailableException("away", null);
            }
            return batch.stream().map(commit -> CommitOutcome.WRITTEN).toList();
        };
        IntStream.rangeClosed(1, 2).forEach(this::submit);
        committer.start();
        awaitTold(2);

        assertThat(batches).hasSize(5).allMatch(batch -> batch.equals(List.of(1L, 2L)));
    }

    @Test
    void findsTheCommitThatSpoilsTheBatch() {
        answer = batch -> {
            if (batch.stream().anyMatch(commit -> commit.sequence() == 2)) {
                throw new IllegalArgumentException("bad row");
            }
            return batch.stream().map(commit -> CommitOutcome.WRITTEN).toList();
        };
        IntStream.rangeClosed(1, 3).forEach(this::submit);
        committer.start();
        awaitTold(3);

        assertThat(told).containsExactly("1 WRITTEN", "2 bad row", "3 WRITTEN");
    }

    @Test
    void writesWhatIsWaitingBeforeItEnds() throws InterruptedException {
        IntStream.rangeClosed(1, 25).forEach(this::submit);
        committer.start();
        committer.close(PATIENCE);

        assertThat(told).hasSize(25);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class CommitsOnly implements RunStore {
        @Override
        public List<CommitOutcome> commit(List<RunCommit> commits) {
            batches.add(commits.stream().map(RunCommit::sequence).toList());
            return answer.apply(commits);
        }

        @Override
        public CreatedRun createIfAbsent(Run run, List<StepId> steps, Overlap overlap) {
            throw new UnsupportedOperationException("a committer creates nothing");
        }

        @Override
        public void createIfAbsent(List<NewRun> runs, Map<DagId, Instant> decidedUpTo) {
            throw new UnsupportedOperationException("a committer creates nothing");
        }

        @Override
        public List<ClaimedRun> claim(NodeId node, Wish wish) {
            return List.of();
        }

        @Override
        public List<ClaimedRun> owned(NodeId node) {
            return List.of();
        }

        @Override
        public void release(RunId run, long fence) {
            throw new UnsupportedOperationException("a committer releases nothing");
        }

        @Override
        public Map<RunId, RunSnapshot> load(Collection<RunId> wanted) {
            return Map.of();
        }
    }
}
