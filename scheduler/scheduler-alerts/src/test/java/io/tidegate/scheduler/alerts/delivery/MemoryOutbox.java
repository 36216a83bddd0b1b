package io.tidegate.scheduler.alerts.delivery;

import io.tidegate.scheduler.store.Outbox;
import io.tidegate.scheduler.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An outbox in memory that survives the server, as the database does; can be made unavailable. */
public final class MemoryOutbox implements Outbox {
    private final Map<Long, Row> rows = new LinkedHashMap<>();
    private boolean unavailable;

    /** One message with what came of it. */
    public static final class Row {
        Message message;
        Instant next;
        String state = "waiting";
        String problem = "";
    }

    public synchronized long add(Topic topic, String destination, String reference, String action, Instant at) {
        Row row = new Row();
        long id = rows.size() + 1L;
        row.message = new Message(id, topic, destination, reference, action, at, 0);
        row.next = at;
        rows.put(id, row);
        return id;
    }

    public synchronized String state(long id) {
        return rows.get(id).state;
    }

    public synchronized String problem(long id) {
        return rows.get(id).problem;
    }

    public synchronized Instant next(long id) {
        return rows.get(id).next;
    }

    public synchronized void setUnavailable(boolean value) {
        unavailable = value;
    }

    @Override
    public synchronized List<Message> due(Topic topic, Instant now, int limit) {
        check();
        List<Message> due = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (Row row : rows.values()) {
            String destination = row.message.destination();
            if (!row.state.equals("waiting") || row.message.topic() != topic || held.contains(destination)) {
                continue;
            }
            if (row.next.isAfter(now)) {
                held.add(destination);
            } else if (due.size() < limit) {
                due.add(row.message);
            }
        }
        return due;
    }

    @Override
    public synchronized void delivered(long id, Instant at) {
        check();
        rows.get(id).state = "delivered";
    }

    @Override
    public synchronized void failed(long id, String problem, Instant next) {
        check();
        Row row = rows.get(id);
        Message old = row.message;
        row.problem = problem;
        row.next = next;
        row.message = new Message(
                id, old.topic(), old.destination(), old.reference(), old.action(), old.createdAt(), old.tries() + 1);
    }

    @Override
    public synchronized void abandoned(long id, String problem) {
        check();
        rows.get(id).state = "abandoned";
        rows.get(id).problem = problem;
    }

    private void check() {
        if (unavailable) {
            throw new StoreUnavailableException("no connection", new IllegalStateException());
        }
    }
}
