package io.tidegate.faults;

import io.tidegate.faults.SoakPlan.PlannedFault;
import io.tidegate.scheduler.engine.EngineSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One soak: starts database and servers, lets the plan happen, waits until all is quiet, and looks whether the invariants held.
 *
 * <p>I1: no attempt has two results. I2: no run is left unfinished. I3: a result never changes. I4: no process outlives its attempt. I5: what was
 * logged can be read. I6: no step begins before what it waits for has succeeded.
 */
final class Soak {
    /** After the last fault: the lease of a dead server, the longest step, its patience with what ignores SIGTERM, and as much again. */
    private static final Duration BOUND = Duration.ofSeconds(150);

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final SoakFolder folder;
    private final SoakPlan.Wanted wanted;
    private final Timeline timeline = new Timeline();
    private final Findings findings;

    Soak(SoakFolder folder, SoakPlan.Wanted wanted, PrintStream out) {
        this.folder = folder;
        this.wanted = wanted;
        this.findings = new Findings(timeline, out);
    }

    /** Gives what was violated, a sentence each. */
    List<String> run() throws Exception {
        folder.make();
        boolean fills = wanted.choice().faults().contains(Fault.DISK_FULL);
        try (LogDisk disk = fills ? LogDisk.on(folder.attempts(), wanted.length()) : LogDisk.none(folder.attempts())) {
            if (fills && !disk.isMounted()) {
                findings.note("no small file system can be mounted here, so the disk does not become full");
            }
            WorkLoad.declare(
                    folder,
                    InstantSource.system().instant().atZone(ZoneOffset.UTC).toLocalDate());
            try (SoakDatabase database = SoakDatabase.start(folder.database())) {
                withDatabase(database, disk);
            }
        }
        return findings.violations();
    }

    private void withDatabase(SoakDatabase database, LogDisk disk) throws Exception {
        List<Node> nodes = new ArrayList<>();
        try {
            for (int number = 0; number < wanted.nodes(); number++) {
                Node node = new Node(folder, number);
                nodes.add(node);
                node.start(database.jdbcUrl());
            }
            awaitUp(nodes);
            withNodes(database, new Ground(database, Optional.of(disk)), nodes, disk.isMounted());
        } finally {
            for (Node node : nodes) {
                node.kill();
            }
            for (Processes.Living left : Processes.of(folder.attempts())) {
                Signals.send("KILL", left.processId());
            }
            if (disk.isMounted() && !findings.violations().isEmpty()) {
                disk.keepContent(folder.root().resolve("attempts-kept"));
            }
        }
    }

    private void awaitUp(List<Node> nodes) throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (nodes.stream().anyMatch(node -> node.address().isEmpty())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the servers do not come up; see their output in " + folder.root());
            }
            Timeline.pause(Duration.ofMillis(100));
        }
    }

    private void withNodes(SoakDatabase database, Ground ground, List<Node> nodes, boolean smallDisk) throws Exception {
        SoakApi api = new SoakApi(nodes);
        Observer observer = new Observer(database, nodes, api, findings);
        Breaker breaker = new Breaker(nodes, database.jdbcUrl(), findings);
        Duration begin = timeline.elapsed();
        Duration lease = EngineSettings.DEFAULT.pace().lease();
        SoakPlan plan = SoakPlan.draw(wanted, lease, fault -> fault != Fault.DISK_FULL || smallDisk);
        ScheduledExecutorService watching = Executors.newScheduledThreadPool(3);
        ExecutorService lanes = Executors.newFixedThreadPool(2);
        Growth growth = new Growth(folder.root().resolve("vitals.tsv"), timeline, findings);
        try (WorkLoad work = new WorkLoad(api, findings)) {
            Future<?> looking = watching.submit(observer::run);
            watch(growth, nodes, watching);
            var unused = watching.scheduleWithFixedDelay(() -> revive(breaker), 1, 1, TimeUnit.SECONDS);
            work.schedule(plan.work(), timeline, begin);
            Future<?> striking = lanes.submit(() -> lane(plan.nodeFaults(), begin, breaker::strike));
            lane(plan.groundFaults(), begin, ground::strike);
            striking.get();
            timeline.await(begin.plus(wanted.length()));
            work.close();
            findings.note(work.summary());
            new Settling(database, folder, findings, BOUND).await();
            looking.cancel(true);
            growth.tell();
            check(observer, api, nodes, ground);
        } finally {
            lanes.shutdownNow();
            watching.shutdownNow();
        }
    }

    /** What servers take is compared only where nobody starts them again. */
    private void watch(Growth growth, List<Node> nodes, ScheduledExecutorService watching) {
        if (wanted.choice().faults().isEmpty()) {
            long period = Growth.EVERY.toSeconds();
            var unused = watching.scheduleWithFixedDelay(
                    () -> {
                        try {
                            growth.look(nodes);
                        } catch (InterruptedException over) {
                            Thread.currentThread().interrupt();
                        } catch (java.io.IOException | RuntimeException problem) {
                            findings.violation("growth", "a server does not say what it takes: " + problem);
                        }
                    },
                    period,
                    period,
                    TimeUnit.SECONDS);
        }
    }

    private interface Strike {
        void strike(PlannedFault fault) throws Exception;
    }

    private Void lane(List<PlannedFault> faults, Duration begin, Strike strike) throws InterruptedException {
        for (PlannedFault fault : faults) {
            timeline.await(begin.plus(fault.at()));
            findings.note(fault.fault() + (fault.fault().isOfNode() ? " of server " + fault.node() : "") + " for "
                    + fault.hold().toMillis() / 1000.0 + " s");
            try {
                strike.strike(fault);
            } catch (InterruptedException interrupted) {
                throw interrupted;
            } catch (Exception problem) {
                // A fault that meets another one may not find what it wants to break.
                findings.note(fault.fault() + " could not go on: " + problem);
            }
        }
        return null;
    }

    private void revive(Breaker breaker) {
        try {
            breaker.reviveTheDead();
        } catch (java.io.IOException | RuntimeException problem) {
            findings.note("a server cannot be started again: " + problem);
        }
    }

    private void check(Observer observer, SoakApi api, List<Node> nodes, Ground ground) throws Exception {
        Books books = observer.lastLook();
        Ledger ledger = Ledger.read(folder.ledger());
        new LedgerChecks(ledger, books, findings).all();
        new LogChecks(api, findings, ground.fullDisk()).all(ledger, books);
        observer.readLogsAgain(nodes.get(0));
        for (Node node : nodes) {
            api.illness(node)
                    .ifPresent(illness -> findings.violation(
                            "I2", "server " + node.number() + " is not healthy when all is quiet: " + illness));
        }
        findings.note(books.runs().size() + " runs, " + books.steps() + " steps, "
                + books.attempts().size() + " attempts, " + ledger.lines().size() + " lines of the ledger");
    }
}
