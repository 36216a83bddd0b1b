package io.tidegate.store.signal;

import io.tidegate.scheduler.node.NodeSignal;
import io.tidegate.scheduler.store.NodeSignals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Signals by NOTIFY and LISTEN of PostgreSQL. A commit that notifies takes a lock of the whole server, so that transactions that do follow each
 * other one by one; hence notifications are never part of one that writes anything. One thread sends what has gathered, at most once in
 * {@link #PAUSE}, on a connection of its own; another one listens on a second. Both come back by themselves when their connection is lost.
 * Thread-safe.
 */
public final class PostgresSignals implements NodeSignals, AutoCloseable {
    /** Between two notifications of one server. */
    static final Duration PAUSE = Duration.ofMillis(75);

    private static final System.Logger LOG = System.getLogger(PostgresSignals.class.getName());
    private static final String CHANNEL = "tidegate";
    private static final int EAR_MILLIS = 5_000;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(2);

    private final DataSource connections;
    private final String speaker = UUID.randomUUID().toString();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Object gate = new Object();
    private final Set<NodeSignal> pending = EnumSet.noneOf(NodeSignal.class);
    private Optional<Thread> sender = Optional.empty();
    private Optional<Thread> ear = Optional.empty();
    private volatile OptionalLong lastTick = OptionalLong.empty();

    /** @param connections a new connection each time; closed here */
    public PostgresSignals(DataSource connections) {
        this.connections = connections;
    }

    @Override
    public void send(NodeSignal signal) {
        synchronized (gate) {
            pending.add(signal);
            if (sender.isEmpty() && !isClosed()) {
                sender = Optional.of(started("tidegate-notify", this::sendAll));
            }
            gate.notifyAll();
        }
    }

    @Override
    public void listen(Consumer<Set<NodeSignal>> listener) {
        synchronized (gate) {
            lastTick = OptionalLong.of(System.nanoTime());
            ear = Optional.of(started("tidegate-listen", () -> hearAll(listener)));
        }
    }

    @Override
    public Optional<Duration> silence() {
        OptionalLong tick = lastTick;
        return tick.isPresent()
                ? Optional.of(Duration.ofNanos(System.nanoTime() - tick.getAsLong()))
                : Optional.empty();
    }

    private static Thread started(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Comes back after each loss of the connection; what was to be sent meanwhile, polls find. */
    private void sendAll() {
        keepTrying(connection -> {
            try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify('" + CHANNEL + "', ?)")) {
                while (true) {
                    Set<NodeSignal> signals = next();
                    if (signals.isEmpty()) {
                        return;
                    }
                    notify.setString(1, SignalText.write(speaker, signals));
                    notify.execute();
                    boolean unused = closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        });
    }

    /** Waits for something to send; empty when there is nothing and it is time to end. */
    private Set<NodeSignal> next() throws InterruptedException {
        synchronized (gate) {
            while (pending.isEmpty() && !isClosed()) {
                gate.wait();
            }
            Set<NodeSignal> signals = EnumSet.noneOf(NodeSignal.class);
            signals.addAll(pending);
            pending.clear();
            return signals;
        }
    }

    private void hearAll(Consumer<Set<NodeSignal>> listener) {
        keepTrying(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                // Whatever was said before now was not heard.
                listener.accept(EnumSet.allOf(NodeSignal.class));
                PGConnection notified = connection.unwrap(PGConnection.class);
                while (!isClosed()) {
                    lastTick = OptionalLong.of(System.nanoTime());
                    PGNotification[] heard = notified.getNotifications(EAR_MILLIS);
                    if (heard == null || heard.length == 0) {
                        // A connection that is dead says nothing, just as a quiet one.
                        statement.execute("SELECT 1");
                    } else {
                        tell(listener, heard);
                    }
                }
            }
        });
    }

    private void tell(Consumer<Set<NodeSignal>> listener, PGNotification[] heard) {
        Set<NodeSignal> signals = EnumSet.noneOf(NodeSignal.class);
        for (PGNotification notification : heard) {
            signals.addAll(SignalText.read(speaker, notification.getParameter()));
        }
        if (!signals.isEmpty()) {
            listener.accept(signals);
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException, InterruptedException;
    }

    private void keepTrying(Work work) {
        boolean said = false;
        try {
            do {
                if (lastTick.isPresent()) {
                    lastTick = OptionalLong.of(System.nanoTime());
                }
                try (Connection connection = connections.getConnection()) {
                    work.on(connection);
                    said = false;
                } catch (SQLException | RuntimeException lost) {
                    if (!said && !isClosed()) {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "other servers are not heard for now: {0}",
                                lost.getMessage());
                    }
                    said = true;
                }
            } while (!closed.await(BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what waits, and ends. */
    @Override
    public void close() {
        Optional<Thread> sending;
        Optional<Thread> hearing;
        synchronized (gate) {
            closed.countDown();
            gate.notifyAll();
            sending = sender;
            hearing = ear;
        }
        try {
            if (sending.isPresent()) {
                sending.get().join(END.toMillis());
            }
            hearing.ifPresent(Thread::interrupt);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
